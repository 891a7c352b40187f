/** Puts a text into a field as if it had been typed there, with the keyboard after it. */
export function putInto(field, text) {
  field.value = text
  field.setSelectionRange(text.length, text.length)
  field.scrollTop = field.scrollHeight
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

/** The same after what stands in it; false, and nothing is done, where there is no room. */
export function addTo(field, text) {
  const written = field.value.trim() ? `${field.value.trimEnd()}\n\n${text}` : text
  if ([...written.trim()].length > Number(field.dataset.longest)) return false
  putInto(field, written)
  field.focus()
  return true
}

/** Empties a form that was sent; what somebody has written on meanwhile, on a slow line, stays in its field. */
export function emptyOf(form, field, sent) {
  const more = field.value.startsWith(sent) ? field.value.slice(sent.length) : field.value
  form.reset()
  if (more) putInto(field, more.trimStart())
  field.focus()
}
