/* Pages of moderators: what was typed stays until the decision is taken; keys for who wants them. */
import {find, findAll, on} from '../kit/dom.js';
import {startKeys} from './keys.js';

const SENT = 'solerni-ruling-sent';
const RENEW_MS = 5 * 60 * 1000;

function keyOf(form) {
  return 'solerni-ruling-' + (form.dataset.solerniRuling || form.dataset.solerniImposing);
}

function fieldsOf(form) {
  return Array.from(form.elements).filter((field) => field.matches('textarea, input[type=text], input[type=checkbox]'));
}

function valueOf(field) {
  return field.type === 'checkbox' ? field.checked : field.value;
}

function keep(form) {
  sessionStorage.setItem(keyOf(form), JSON.stringify(fieldsOf(form).map(valueOf)));
}

/* What the server sent back is newer than what was kept. */
function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)));
  const fields = fieldsOf(form);
  if (!kept || fields.some((field) => field.matches('textarea') && field.value)) {
    return;
  }
  fields.forEach((field, place) => {
    if (field.type === 'checkbox') {
      field.checked = Boolean(kept[place]);
    } else {
      field.value = kept[place] || '';
    }
  });
}

function keepTyped(root) {
  if (find(root, 'decided')) {
    sessionStorage.removeItem(sessionStorage.getItem(SENT));
  }
  sessionStorage.removeItem(SENT);
  [...findAll(root, 'ruling'), ...findAll(root, 'imposing')].forEach((form) => {
    restore(form);
    form.addEventListener('input', () => keep(form));
    form.addEventListener('submit', () => {
      keep(form);
      sessionStorage.setItem(SENT, keyOf(form));
    });
  });
}

/* A template replaces the message only when it is empty or was a template itself. */
function offerTemplates(root) {
  on(root, 'change', 'template', (event, select) => {
    const message = select.form.elements.namedItem('message');
    const isTemplate = Array.from(select.options).some((option) => option.value === message.value);
    if (select.value && isTemplate) {
      message.value = select.value;
      message.dispatchEvent(new Event('input', {bubbles: true}));
    }
    message.focus();
  });
}

function offerCiting(root) {
  findAll(root, 'cite').forEach((paragraph) => { paragraph.hidden = false; });
  on(root, 'click', 'cite', (event, paragraph) => {
    const selection = window.getSelection();
    const source = find(root, 'source');
    const field = paragraph.parentElement.querySelector('input');
    if (source && selection.rangeCount && source.contains(selection.anchorNode)) {
      field.value = selection.toString().trim();
      field.dispatchEvent(new Event('input', {bubbles: true}));
    }
    field.focus();
  });
}

/* Who is at work keeps the case; who leaves the page loses it with the lease. */
function renewClaim(root) {
  const form = find(root, 'claim');
  if (form && 'mine' in form.dataset) {
    setInterval(() => {
      const body = new FormData(form);
      body.set('how', 'take');
      fetch(form.action, {method: 'POST', body}).catch(() => null);
    }, RENEW_MS);
  }
}

offerTemplates(document);
offerCiting(document);
renewClaim(document);
startKeys(document);
try {
  keepTyped(document);
} catch (error) {
  /* Storage is forbidden: the page works without. */
}
