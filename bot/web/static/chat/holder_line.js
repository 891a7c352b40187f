const ROBOT = "Robot: Du skriver med en robot.";
const HUMAN = "Du skriver nu med et menneske.";

/** The line that always says who answers. */
export class HolderLine {
  #line;
  #announcer;

  constructor(line, announcer) {
    this.#line = line;
    this.#announcer = announcer;
  }

  /**
   * A human's coming and going is told by a message as well; only the place in the queue is announced from here.
   *
   * @param {"bot" | "waiting" | "human"} holder
   * @param {number | null} place in the queue, from 1
   */
  show(holder, place) {
    this.#line.dataset.holder = holder;
    this.#line.textContent = holder === "human" ? HUMAN : [ROBOT, ...(holder === "waiting" ? [waiting(place)] : [])].join(" ");
    if (holder === "waiting") this.#announcer.say(waiting(place));
  }
}

function waiting(place) {
  return `Du venter på et menneske${place ? ` (plads ${place})` : ""}.`;
}
