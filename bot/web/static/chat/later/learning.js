import { make } from "../dom.js";
import { toldSwitch } from "./switch.js";

/** Whether the robot may learn from it: nothing where nobody is asked and nothing was said. */
export function learning({ offered, given }, api, fail) {
  if (!offered && !given) return [];
  const tell = (on) => api.ask("PUT", "/learning", { given: on });
  return [
    make("h3", {}, "Må vi lære af det, du har skrevet?"),
    make("p", {}, "Robotten tager fejl. Siger du ja, kan en af os læse noget af det, du skriver til den, og lære den mere."),
    make("p", {}, "Vi skjuler navne og numre, så godt vi kan. Vi ser ikke, hvem du er. Du får samme hjælp, hvis du siger nej."),
    toldSwitch("Ja, og jeg er fyldt 15", given, tell, fail),
    make("p", {}, "Du kan altid tage dit ja tilbage. Så læser vi ikke mere. Men det, robotten har lært, kan den ikke glemme."),
  ];
}
