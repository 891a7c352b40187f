import { RefusedError } from "../api.js";
import { make } from "../dom.js";
import { isOnDevice, remember } from "../session.js";
import { button, makeDialog } from "./dialog.js";
import { learning } from "./learning.js";
import { printAlone } from "./paper.js";
import { switchFor, toldSwitch } from "./switch.js";

const PARTS = { transcript: "Chatten fra før", plan: "Min plan", contact: "Min kontakt" };
const READ = { chat: "chatten", plan: "planen", contact: "din kontakt" };
const WHEN = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
const FILE = "min-chat.html";
const NOT_NOW = "Det gik ikke. Prøv igen om lidt.";

/**
 * What is the young person's own to know and decide: who has read the chat, what is shared and learnt from, all that is
 * stored, and what this device remembers.
 *
 * @param {{opener: HTMLElement, api: import("../api.js").Api, session: import("../session.js").Session}} given
 */
export async function open({ opener, api, session }) {
  const dialog = makeDialog("Hvem har læst min chat?", opener);
  const problem = make("p", { class: "problem", tabindex: "-1" });
  const fail = (error) => {
    problem.textContent = error instanceof RefusedError ? error.message : NOT_NOW;
    problem.focus();
  };
  const place = make("div", {}, make("p", {}, "Vent lidt …"));
  dialog.append(place, ...device(session), problem, button("Luk", () => dialog.close()));
  dialog.showModal();
  try {
    const asked = ["/readers", "/consent", "/learning"].map((path) => api.ask("GET", path));
    const [{ readers }, consent, learnt] = await Promise.all(asked);
    place.replaceChildren(
      ...whoHasRead(readers),
      ...shared(consent, api, fail),
      ...learning(learnt, api, fail),
      ...everything(api, dialog, fail),
    );
  } catch {
    place.replaceChildren();
    fail();
  }
}

function whoHasRead(readers) {
  const note = make("p", {}, "Vi viser rolle og tid, men ikke navn.");
  if (!readers.length) return [make("p", {}, "Ingen har læst den.")];
  return [make("ul", {}, ...readers.map((one) => make("li", {}, told(one)))), note];
}

function told({ title, read, in_danger: inDanger, first_at: at }) {
  const why = inDanger ? " Chatten uden dit ja, fordi det så farligt ud." : "";
  const parts = read.map((part) => READ[part]).join(" og ");
  return `${title}, ${new Date(at).toLocaleString("da-DK", WHEN)}: har læst ${parts}.${why}`;
}

function shared(consent, api, fail) {
  const inDanger = consent.transcript.open_in_danger;
  const why = inDanger
    ? "Lige nu ser det farligt ud. Så må de læse chatten og se din kontakt, også uden dit ja."
    : "De kan læse det, du skriver, når du har bedt om et menneske. Resten bestemmer du.";
  const there = Object.keys(PARTS).filter((part) => consent[part].exists || consent[part].shared);
  const tell = (part) => (on) => api.ask("PUT", "/consent", { [part]: on });
  const rows = there.map((part) => toldSwitch(PARTS[part], consent[part].shared, tell(part), fail));
  const none = rows.length ? [] : [make("p", {}, "Der er ikke mere at dele lige nu.")];
  const stays = make("p", {}, "Har nogen skrevet noget ned i din sag, bliver det stående der.");
  return [make("h3", {}, "Hvad må medarbejderne se?"), make("p", {}, why), ...rows, ...none, stays];
}

function everything(api, dialog, fail) {
  const all = button("Vis det hele", async () => {
    all.disabled = true;
    try {
      showAll(dialog, await api.page("/export"));
    } catch (error) {
      all.disabled = false;
      fail(error);
    }
  });
  return [make("h3", {}, "Alt, hvad der er gemt"), make("p", {}, "Du kan læse det hele og printe det."), all];
}

/** Nothing of it goes to the device before "Gem som fil" is pressed. */
function showAll(dialog, page) {
  const { children } = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  const [heading, ...rest] = [...children].map((node) => document.adoptNode(node));
  const content = make("div", {}, ...rest);
  const print = button("Print", () => printAlone("da", heading.cloneNode(true), content.cloneNode(true)));
  const warning = make("p", {}, "Er det ikke din egen telefon, så gem den ikke her.");
  const keep = button("Gem som fil", () => download(page));
  const title = dialog.querySelector("h2");
  title.textContent = heading.textContent;
  title.tabIndex = -1;
  const [out] = dialog.children;
  dialog.replaceChildren(out, title, print, keep, button("Luk", () => dialog.close()), warning, content);
  title.focus();
}

function download(page) {
  const href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  make("a", { href, download: FILE }).click();
  // Some browsers fetch it only a while after the press.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

function device(session) {
  const keep = switchFor("Husk mig på denne enhed", isOnDevice(), (on) => {
    if (session) remember(session, on);
    return isOnDevice() === on;
  });
  return [
    make("h3", {}, "Din telefon eller computer"),
    keep,
    make("p", {}, "Så er chatten her, når du har lukket siden. Brug det kun på din egen. Ellers kan andre læse chatten."),
    make("p", {}, "Din browser husker, at du har været på siden. Du kan slette historikken i browserens menu."),
  ];
}
