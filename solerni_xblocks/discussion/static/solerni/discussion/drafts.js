/* What was typed stays until it is published: through a refusal, a lost network, an ended session, a reload of the tab. */

function keyOf(form) {
  return 'solerni-draft-' + form.dataset.draft;
}

/* A version 4 UUID; crypto.randomUUID exists on https only. */
function makeUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function fieldsOf(form) {
  return ['title', 'text', 'submission'].map((name) => form.elements.namedItem(name)).filter(Boolean);
}

export function read(form) {
  const submission = form.elements.namedItem('submission');
  submission.value = submission.value || makeUuid();
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
}

/* Storage may be full or forbidden: the text still stands in the form. */
export function keep(form) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(read(form)));
  } catch (error) {
    /* nothing to do */
  }
}

/* Put back what was typed earlier. Returns whether there was anything. */
export function restore(form) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(keyOf(form)));
  } catch (error) {
    return false;
  }
  if (!kept || !(kept.text || kept.title)) {
    return false;
  }
  fieldsOf(form).forEach((field) => {
    field.value = kept[field.name] || '';
  });
  return true;
}

/* Nothing was typed that could be lost. */
export function isEmpty(form) {
  return !fieldsOf(form).some((field) => field.name !== 'submission' && field.value.trim());
}

/* Begin a new message with `values`. */
export function begin(form, values) {
  fieldsOf(form).forEach((field) => {
    field.value = values[field.name] || '';
  });
  keep(form);
}

/* The text is published: the next one is another submission. */
export function drop(form) {
  form.reset();
  renew(form);
  try {
    sessionStorage.removeItem(keyOf(form));
  } catch (error) {
    /* nothing was kept */
  }
}

/* Let the next sending count as a new message. */
export function renew(form) {
  form.elements.namedItem('submission').value = '';
}
