/* Quote: the words of a message, each line behind a mark, with who wrote them and where, into the comment that is being
   written there, or else into the reply. */
import {find, on} from '../kit/dom.js';
import {findCommentForm} from './commenting.js';

const BLOCKS = 'p, li, pre, h3, h4, h5, tr, ul, ol, table';
const BEGINS_SOMETHING = /^([#=+>|-]|\d+(?=[.)]))/;

/* What Markdown would take for a mark is a character there. */
function readText({data, parentElement}) {
  const words = parentElement.closest('pre') ? data : data.replace(/\s+/g, ' ');
  return words.replace(/[\\`*[\]<]/g, '\\$&');
}

/* Nor does a line begin a heading or a list. */
function protect(line) {
  return line.trim().replace(BEGINS_SOMETHING, (mark) => (/\d/.test(mark) ? mark + '\\' : '\\' + mark));
}

function readFormula(math) {
  const marks = math.getAttribute('display') === 'block' ? ['\n$$', '$$\n'] : ['\\(', '\\)'];
  return marks.join(math.getAttribute('alttext'));
}

/* Formulas and code go back to what was written; quotations in what is quoted are left out. */
function readWords(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return readText(node);
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches('blockquote')) {
    return '';
  }
  if (node.matches('math')) {
    return readFormula(node);
  }
  if (node.matches('code:not(pre code)')) {
    return '`' + node.textContent + '`';
  }
  const words = node.matches('br') ? '\n' : Array.from(node.childNodes, readWords).join('');
  return node.matches(BLOCKS) ? '\n\n' + words + '\n\n' : words;
}

function quote(button) {
  const article = button.closest('[data-solerni-post]');
  const words = readWords(find(article, 'text')).replace(/[ \t]*\n[ \t]*/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  const name = button.dataset.author.replace(/[\\[\]`*_<>]/g, '\\$&');
  const source = '— [' + name + '](' + find(article, 'link').href + ')';
  const lines = [...words.split('\n').map(protect), '', source];
  return lines.map((line) => ('> ' + line).trimEnd()).concat('', '').join('\n');
}

export function startQuoting({block, reading}) {
  on(block, 'click', 'quote', (event, button) => {
    const comment = findCommentForm(reading, button.closest('[data-solerni-post]'));
    const form = comment || reading.querySelector('[data-slot^="reply:"]');
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
