import { make } from "../dom.js";
import { newId } from "../ids.js";
import { wordsIn } from "../words.js";

const INPUTS = {
  first_name: { type: "text", autocomplete: "given-name" },
  phone: { type: "tel", autocomplete: "tel", inputmode: "tel" },
  meeting_place: { autocomplete: "off" },
  write_to: { autocomplete: "off" },
  email: { type: "email", autocomplete: "email", inputmode: "email" },
};
const DEFAULT_TITLE = "Send";

/**
 * Fields for what must not stand in the chat. What is typed goes straight to the server and is gone from the page after.
 *
 * @param {object} message of kind "form"; `data.fields` is [{name, label, required}], its first button sends
 * @param {import("../message_view.js").Actions} actions `keepContact` rejects with a Danish message
 */
export function contactForm({ data, buttons: [button] }, { keepContact, press, say }) {
  const words = wordsIn(data.language);
  const fields = (data.fields || []).map(field);
  const problem = make("p", { class: "problem" });
  const submit = make("button", { class: "button button--main" }, button?.title || DEFAULT_TITLE);
  const note = make("p", { class: "contact__note" }, words.notInTheChat);
  const form = make("form", { class: "contact", lang: words.lang, novalidate: true }, ...fields.map(({ row }) => row), problem, submit, note);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!isFilledWell(fields)) return;
    submit.disabled = true;
    problem.textContent = "";
    try {
      if (await keep(fields, keepContact)) form.replaceWith(make("p", { class: "contact__note", lang: words.lang }, words.kept));
      if (button) press(button);
    } catch (error) {
      problem.textContent = error.message;
      say(error.message);
      submit.disabled = false;
    }
  });
  return form;
}

/** Marks every field that is not filled in well and puts the focus in the first of them. */
function isFilledWell(fields) {
  const wrong = fields.filter((each) => !check(each));
  wrong[0]?.input.focus();
  return !wrong.length;
}

/** @returns {Promise<boolean>} whether there was anything to keep */
async function keep(fields, keepContact) {
  const given = fields.map(({ input }) => [input.name, input.value.trim()]).filter(([, value]) => value);
  if (given.length) await keepContact(Object.fromEntries(given));
  return given.length > 0;
}

function field({ name, label, required }) {
  const id = newId();
  const input = make("input", { id, name, required, "aria-describedby": `${id}-problem`, ...INPUTS[name] });
  const problem = make("span", { class: "problem", id: `${id}-problem` });
  input.addEventListener("input", () => input.hasAttribute("aria-invalid") && check({ input, problem }));
  return { input, problem, row: make("p", {}, make("label", { for: id }, label), problem, input) };
}

/** Shows what is wrong with a field, or that nothing is. @returns {boolean} */
function check({ input, problem }) {
  const text = input.value.trim();
  const isMissing = input.required && !text;
  const isOdd = input.validity.typeMismatch || (input.type === "tel" && text && digits(text) < 8);
  problem.textContent = isMissing ? "Skriv noget her." : isOdd ? "Det ser ikke helt rigtigt ud. Kig på det igen." : "";
  if (problem.textContent) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return !problem.textContent;
}

function digits(text) {
  return text.replace(/\D/g, "").length;
}
