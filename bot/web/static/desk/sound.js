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
  #asked = false

  constructor(button) {
    this.#button = button
    button.addEventListener("click", () => this.#press())
    // A page that was just opened may not sound before somebody has touched it; the button too asks for that first.
    for (const touch of ["pointerdown", "keydown"]) {
      document.addEventListener(touch, () => {
        this.#asked = this.#waits
        this.#wake().catch(() => {})
      }, { capture: true })
    }
    this.#show()
  }

  play() {
    if (!this.#chosen) return
    // Running at once or only when the browser has made it so.
    this.#wake().then(() => {
      if (this.#context.state !== "running") return
      const begin = this.#context.currentTime
      NOTES_HZ.forEach((hertz, place) => this.#note(hertz, begin + place * NOTE_SECONDS))
    }, () => {})
  }

  get #waits() {
    return this.#chosen && this.#context?.state !== "running"
  }

  get #chosen() {
    return read() === ON
  }

  #press() {
    // Whoever does what the button asked for has not switched it off.
    if (!this.#asked) keep(this.#chosen ? "off" : ON)
    this.#asked = false
    this.#show()
    // So that they know what they will hear, and that the speakers are on.
    this.play()
  }

  async #wake() {
    if (!this.#chosen) return
    this.#context ??= new AudioContext()
    this.#context.onstatechange = () => this.#show()
    if (this.#context.state !== "running") await this.#context.resume()
    this.#show()
  }

  #show() {
    const waits = this.#waits
    this.#button.setAttribute("aria-pressed", String(this.#chosen))
    this.#button.textContent = waits ? "Lyd: klik på siden" : this.#chosen ? "Lyd er slået til" : "Slå lyd til"
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
