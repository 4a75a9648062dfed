/* Quote: the words of a message, each line behind a mark, with who wrote them and where, into the comment that is being
   written there, or else into the reply. */
import {find, on} from '../kit/dom.js';
import {findCommentForm} from './commenting.js';

function quote(button) {
  const article = button.closest('[data-solerni-post]');
  const lines = find(article, 'text').innerText.trim().split('\n').map((line) => ('> ' + line).trimEnd());
  const name = button.dataset.author.replace(/[\\[\]`*_<>]/g, '\\$&');
  return lines.concat('>', '> — [' + name + '](' + find(article, 'link').href + ')', '', '').join('\n');
}

export function startQuoting({block, reading}) {
  on(block, 'click', 'quote', (event, button) => {
    const form = findCommentForm(reading, button.closest('[data-solerni-post]')) || reading.querySelector('[data-slot^="reply:"]');
    if (!form) {
      return;
    }
    const field = form.elements.namedItem('text');
    field.value = field.value + (field.value && !field.value.endsWith('\n') ? '\n\n' : '') + quote(button);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}
