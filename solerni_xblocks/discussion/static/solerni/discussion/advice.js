/* What rules saw in a text before it is published, shown under the form; the author corrects it, or insists. */
import {fill, find} from '../kit/dom.js';
import {findField} from './parts.js';

const STATES = ['nudged', 'unsent'];

/* Nothing was written: the answer asks its author to read again. */
export function isAdvice(answer) {
  return STATES.includes(answer.state);
}

export function show(form, answer) {
  const box = find(form, 'advice-box');
  fill(box, answer.html);
  box.hidden = false;
  find(box, 'advice').focus();
}

export function hide(form) {
  const box = find(form, 'advice-box');
  box.hidden = true;
  box.replaceChildren();
}

/* Back to what is to be mended: the declaration, the empty part, or the text with its first passage selected. */
export function correct(form) {
  if ('rights' in find(form, 'advice').dataset) {
    find(form, 'rights').open = true;
    form.elements.namedItem('rights').focus();
    return;
  }
  const text = findField(form);
  const shown = find(form, 'advice-text');
  const mark = shown && shown.querySelector('mark');
  text.focus();
  if (mark && text.name === 'text') {
    const range = document.createRange();
    range.selectNodeContents(shown);
    range.setEndBefore(mark);
    const start = range.toString().length;
    text.setSelectionRange(start, start + mark.textContent.length);
  }
}
