/* A refusal beside its form: the words, the field that is meant, and where to go. */
import {find} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

export function clear(form) {
  announce(form, '');
  find(form, 'where').hidden = true;
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
}

export function show(form, refusal) {
  explain(form, refusal);
  const body = refusal.body || {};
  const field = body.field && form.elements.namedItem(body.field);
  if (field) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }
  if (/^(https?:\/\/|\/(?!\/))/.test(body.where_to_go || '')) {
    find(form, 'where').hidden = false;
    find(form, 'where').querySelector('a').href = body.where_to_go;
  }
}
