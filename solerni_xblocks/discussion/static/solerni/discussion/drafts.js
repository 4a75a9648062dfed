/* What was typed stays until it is published: through a refusal, a lost network, an ended session, a reload of the tab.
   Here it is kept in the browser; syncing.js brings it to the server, for other devices. */

const NAMES = ['title', 'text', 'kind', 'voice', 'rights', 'licence', 'rights_source', 'submission'];

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
  return NAMES.map((name) => form.elements.namedItem(name)).filter(Boolean);
}

export function read(form) {
  const submission = form.elements.namedItem('submission');
  submission.value = submission.value || makeUuid();
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
}

/* What the server may keep of the form. */
export function readTyped(form) {
  const {submission, ...typed} = read(form);
  return typed;
}

/* Storage may be full or forbidden: the text still stands in the form. `about`: what syncing knows of the text. */
export function keep(form, about) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({...read(form), ...about}));
  } catch (error) {
    /* nothing to do */
  }
}

/* What this tab kept of the form, or null. */
export function recall(form) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(form)));
    return kept && (kept.text || kept.title) ? kept : null;
  } catch (error) {
    return null;
  }
}

/* Whether this tab kept anything under `draft`. */
export function isKept(draft) {
  return Boolean(recall({dataset: {draft}}));
}

/* Put `values` into the form. A choice that they do not name stays as it is. */
export function write(form, values) {
  fieldsOf(form).forEach((field) => {
    if (field.matches('select')) {
      field.value = Array.from(field.options).some((one) => one.value === values[field.name]) ? values[field.name] : field.value;
    } else {
      field.value = values[field.name] || '';
    }
  });
  form.dispatchEvent(new CustomEvent('solerni:written', {bubbles: true}));
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
