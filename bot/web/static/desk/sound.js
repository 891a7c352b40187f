// Two notes, twice: short, and unlike the sounds of mail.
const NOTES_HZ = [660, 880, 660, 880]
const NOTE_SECONDS = 0.18
const LOUDNESS = 0.25
const CHOSEN = "hjemad-desk-sound"
const ON = "on"

/** The sound of the desk: silent until somebody has pressed for it, for browsers demand that; the choice is kept. */
export class Sound {
  #button
  #context = null

  constructor(button) {
    this.#button = button
    button.addEventListener("click", () => this.#choose(!this.#chosen))
    // A page that was just opened may not sound before somebody has touched it.
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.#wake())
    this.#show()
  }

  play() {
    if (!this.#chosen) return
    this.#wake()
    if (this.#context?.state !== "running") return
    const begin = this.#context.currentTime
    NOTES_HZ.forEach((hertz, place) => this.#note(hertz, begin + place * NOTE_SECONDS))
  }

  get #chosen() {
    return read() === ON
  }

  #choose(on) {
    keep(on ? ON : "off")
    this.#wake()
    this.#show()
    // So that they know what they will hear, and that the speakers are on.
    this.play()
  }

  #wake() {
    if (!this.#chosen) return
    this.#context ??= new AudioContext()
    if (this.#context.state === "suspended") this.#context.resume().then(() => this.#show(), () => {})
    this.#context.onstatechange = () => this.#show()
  }

  #show() {
    const waits = this.#chosen && this.#context?.state !== "running"
    this.#button.setAttribute("aria-pressed", String(this.#chosen))
    this.#button.textContent = waits ? "Lyd: klik et sted på siden" : this.#chosen ? "Lyd er slået til" : "Slå lyd til"
  }

  #note(hertz, at) {
    const tone = new OscillatorNode(this.#context, { frequency: hertz })
    const loudness = new GainNode(this.#context, { gain: 0 })
    loudness.gain.setValueAtTime(LOUDNESS, at)
    loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS)
    tone.connect(loudness).connect(this.#context.destination)
    tone.start(at)
    tone.stop(at + NOTE_SECONDS)
  }
}

// Where nothing may be kept, the sound is off.
function read() {
  try {
    return localStorage.getItem(CHOSEN)
  } catch {
    return null
  }
}

function keep(choice) {
  try {
    localStorage.setItem(CHOSEN, choice)
  } catch {
    /* it is asked for again on the next page */
  }
}
