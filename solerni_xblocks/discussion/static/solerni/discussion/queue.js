/* The queue: what a moderator typed stays until the decision is taken, through a reload, an ended session, a refusal. */
import {findAll, find} from '../kit/dom.js';

const SENT = 'solerni-ruling-sent';

function keyOf(form) {
  return 'solerni-ruling-' + form.dataset.solerniRuling;
}

function fieldsOf(form) {
  return Array.from(form.elements).filter((field) => field.matches('select, textarea'));
}

function keep(form) {
  sessionStorage.setItem(keyOf(form), JSON.stringify(fieldsOf(form).map((field) => field.value)));
}

/* What the server sent back is newer than what was kept. */
function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)));
  const fields = fieldsOf(form);
  if (kept && !fields.some((field) => field.matches('textarea') && field.value)) {
    fields.forEach((field, place) => { field.value = kept[place] || ''; });
  }
}

function start(root) {
  if (find(root, 'decided')) {
    sessionStorage.removeItem(sessionStorage.getItem(SENT));
  }
  sessionStorage.removeItem(SENT);
  findAll(root, 'ruling').forEach((form) => {
    restore(form);
    form.addEventListener('input', () => keep(form));
    form.addEventListener('submit', () => {
      keep(form);
      sessionStorage.setItem(SENT, keyOf(form));
    });
  });
}

try {
  start(document);
} catch (error) {
  /* Storage is forbidden: the page works without. */
}
