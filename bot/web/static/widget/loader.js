/*
 * Hjemad: the button a municipality puts on its page with one tag.
 *
 *   <script src="https://…/widget.js" data-municipality="eksempel" async></script>
 *
 * It asks for nothing and keeps nothing. The chat is opened in a frame of its own origin when somebody asks for it,
 * so that no script of the page around it can read along. Optional: data-label (the button's words), data-locale ("en"
 * on a page in English), data-exit (the neutral page of the quick exit) and data-colour (the button's, as "#1d5a4b").
 */
(() => {
  "use strict";

  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const { municipality, locale = "", label = "Brug for et sted at bo? Skriv her", exit = "https://www.dmi.dk/", colour = "#1d5a4b" } = script.dataset;
  const phone = matchMedia("(max-width: 480px)");
  const CLOSE = "Luk chatten";
  const NEWS = "Ny besked i chatten";
  const PRESSES = 3;
  const TIME = 5_000; // milliseconds between two presses of Shift
  const PATIENCE = 400; // milliseconds the frame has to end the chat
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button {
      position: fixed; right: 16px; bottom: 16px; z-index: 2147483646;
      min-width: 48px; min-height: 48px; max-width: calc(100vw - 32px); padding: 10px 20px;
      border: 2px solid #fff; border-radius: 26px; background: var(--main); color: var(--on-main);
      font: 600 16px/1.3 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-align: start; cursor: pointer;
      box-shadow: 0 2px 10px rgb(0 0 0 / 35%);
    }
    button:hover { background: color-mix(in srgb, var(--main), var(--away) 20%); }
    button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    iframe {
      position: fixed; right: 16px; bottom: 88px; z-index: 2147483647;
      width: 400px; height: min(680px, calc(100vh - 104px));
      border: 1px solid #6d7a73; border-radius: 14px; background: #f6f3ec; box-shadow: 0 4px 24px rgb(0 0 0 / 35%);
    }
    p { position: fixed; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
    [hidden] { display: none !important; }
    @media (max-width: 480px) {
      iframe { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
    }
    @media (forced-colors: active) { button { border-color: ButtonText; } }`;

  let launcher;
  let voice;
  let frame = null;
  let covered = [];
  let presses = 0;
  let wasShiftHeld = false;
  let timer;

  function draw() {
    const host = document.createElement("hjemad-widget");
    const root = host.attachShadow({ mode: "open" });
    dress(root);
    launcher = document.createElement("button");
    launcher.type = "button";
    paint();
    launcher.textContent = label;
    launcher.setAttribute("aria-expanded", "false");
    launcher.addEventListener("click", () => (isOpen() ? close() : open()));
    voice = document.createElement("p");
    voice.setAttribute("role", "status");
    root.append(launcher, voice);
    document.body.append(host);
    addEventListener("message", hear);
    addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && close());
    addEventListener("keyup", countPress, true);
    addEventListener("pageshow", (event) => event.persisted && frame && location.reload());
    phone.addEventListener("change", cover);
    visualViewport?.addEventListener("resize", fit);
    visualViewport?.addEventListener("scroll", fit);
  }

  /** White or black on it: of one of them every colour stands off by 4.5 or more (WCAG 2.2, 1.4.3). */
  function paint() {
    const isColour = /^#[0-9a-f]{6}$/i.test(colour);
    if (!isColour) console.error("Hjemad: data-colour is to be like #1d5a4b");
    const main = isColour ? colour : "#1d5a4b";
    const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(main.slice(at, at + 2), 16) / 255));
    const isLight = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
    const shown = { "--main": main, "--on-main": isLight ? "#000" : "#fff", "--away": isLight ? "#fff" : "#000" };
    Object.entries(shown).forEach(([name, value]) => launcher.style.setProperty(name, value));
  }

  function linear(part) {
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }

  /** A page's policy may forbid style elements, but not sheets that a script makes. */
  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      const style = document.createElement("style");
      style.textContent = STYLE;
      root.append(style);
    }
  }

  function isOpen() {
    return frame !== null && !frame.hidden;
  }

  function open() {
    frame ??= makeFrame();
    show(true);
    frame.focus();
  }

  function close() {
    show(false);
    launcher.focus();
  }

  function makeFrame() {
    const made = document.createElement("iframe");
    made.title = "Chat om et sted at bo";
    made.allow = "clipboard-write";
    made.referrerPolicy = "no-referrer";
    const language = locale && `&locale=${encodeURIComponent(locale)}`;
    made.src = `${origin}/chat?municipality=${encodeURIComponent(municipality)}${language}`;
    // Before the button in the page's order, so that Tab goes from the chat to the button that closes it.
    launcher.before(made);
    return made;
  }

  function show(isShown) {
    frame.hidden = !isShown;
    launcher.textContent = isShown ? CLOSE : label;
    launcher.setAttribute("aria-expanded", String(isShown));
    cover();
    fit();
  }

  /** On a phone the chat covers the whole page; what lies below must then not be reached by Tab or a screen reader. */
  function cover() {
    const isCovering = isOpen() && phone.matches;
    covered.forEach((element) => (element.inert = false));
    const others = [...document.body.children].filter((element) => element.localName !== "hjemad-widget");
    covered = isCovering ? others.filter((element) => !element.inert) : [];
    covered.forEach((element) => (element.inert = true));
    launcher.hidden = isCovering;
  }

  /** A phone's keyboard covers the lower half of a fixed frame: the frame takes the half that is left. */
  function fit() {
    if (!frame) return;
    const { height, offsetTop } = visualViewport || {};
    const isNarrowed = phone.matches && height < innerHeight - 1;
    frame.style.height = isNarrowed ? `${height}px` : "";
    frame.style.top = isNarrowed ? `${offsetTop}px` : "";
  }

  function hear({ origin: from, source, data }) {
    if (from !== origin || source !== frame?.contentWindow) return;
    if (data === "hjemad:close") close();
    if (data === "hjemad:news" && !isOpen()) launcher.textContent = NEWS;
    if (data === "hjemad:exit") leave();
  }

  /** Three presses of Shift leave, as in the frame (quick_exit.js), which does not hear what is pressed beside it. */
  function countPress({ key, shiftKey }) {
    const isAlone = key === "Shift" && !wasShiftHeld;
    wasShiftHeld = shiftKey;
    clearTimeout(timer);
    presses = isAlone && isOpen() ? presses + 1 : 0;
    if (presses >= PRESSES) return leaveTogether();
    if (presses) timer = setTimeout(stay, TIME);
    const left = PRESSES - presses;
    voice.textContent = presses ? `Tryk på Shift ${left} ${left === 1 ? "gang" : "gange"} til for at forlade siden.` : "";
  }

  function stay() {
    presses = 0;
    voice.textContent = "Du bliver på siden.";
  }

  /** The chat is ended by its frame, which then tells to leave; one that cannot answer holds nobody here. */
  function leaveTogether() {
    removeEventListener("keyup", countPress, true);
    blank();
    frame.contentWindow?.postMessage("hjemad:exit", origin);
    timer = setTimeout(leave, PATIENCE);
  }

  function blank() {
    document.documentElement.style.setProperty("display", "none", "important");
    document.title = "";
  }

  function leave() {
    clearTimeout(timer);
    blank();
    location.replace(exit);
  }

  if (!municipality) console.error("Hjemad: the script tag needs data-municipality");
  else if (document.body) draw();
  else addEventListener("DOMContentLoaded", draw);
})();
