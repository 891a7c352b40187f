/** Puts a text into a field as if it had been typed there, with the keyboard after it. */
export function putInto(field, text) {
  field.value = text
  field.setSelectionRange(text.length, text.length)
  field.scrollTop = field.scrollHeight
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
