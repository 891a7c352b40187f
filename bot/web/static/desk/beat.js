import { isConnected, isOver } from "./connection.js"

const LONGEST_MS = 60_000

/** Does something every so often, more and more seldom while there is no connection, and at once when it may be back. */
export class Beat {
  #act
  #every
  #pause
  #timer = null
  #acting = false

  constructor(act, every) {
    this.#act = act
    this.#every = this.#pause = every
    addEventListener("online", () => this.#strike())
    this.#wait()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#act = () => {}
  }

  #wait() {
    if (!isOver()) this.#timer = setTimeout(() => this.#strike(), this.#pause)
  }

  async #strike() {
    if (this.#acting) return
    this.#acting = true
    clearTimeout(this.#timer)
    await this.#act()
    this.#acting = false
    this.#pause = isConnected() ? this.#every : Math.min(this.#pause * 2, LONGEST_MS)
    this.#wait()
  }
}
