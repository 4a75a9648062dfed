/* A contribution is written part by part; together the parts are one Markdown text, with a heading before each. */
import {find, findAll} from '../kit/dom.js';

const LEVEL = '## ';

function headingsOf(form) {
  return findAll(form, 'part').map((part) => part.dataset.solerniPart);
}

function compose(values) {
  return values.map(([heading, text]) => LEVEL + heading + '\n\n' + text.trim()).join('\n\n').trim();
}

/* The parts of `source`, or null when it was not made of them. */
function split(source, headings) {
  const lines = source.split('\n');
  const starts = headings.map((heading) => lines.indexOf(LEVEL + heading));
  if (starts[0] !== 0 || starts.some((start, place) => place && start <= starts[place - 1])) {
    return null;
  }
  const texts = starts.map((start, place) => lines.slice(start + 1, starts[place + 1]).join('\n').trim());
  const values = headings.map((heading, place) => [heading, texts[place]]);
  return compose(values) === source.trim() ? values : null;
}

function isContribution(form) {
  const kind = find(form, 'kind');
  return Boolean(kind && kind.value === 'contribution' && find(form, 'parts'));
}

/* Show the parts, or the text as a whole when it is no contribution or has other parts. */
function arrange(form) {
  const source = form.elements.namedItem('text').value;
  const values = isContribution(form) && (source.trim() ? split(source, headingsOf(form)) : []);
  find(form, 'parts').hidden = !values;
  find(form, 'whole').hidden = Boolean(values);
  if (values) {
    findAll(form, 'part').forEach((part, place) => {
      part.value = values[place] ? values[place][1] : '';
    });
  }
}

/* The first part that is empty, or else the text: where somebody goes on writing. */
export function findField(form) {
  const parts = find(form, 'parts');
  const empty = parts && !parts.hidden && findAll(parts, 'part').find((part) => !part.value.trim());
  return empty || (parts && !parts.hidden ? find(parts, 'part') : form.elements.namedItem('text'));
}

export function startParts(block) {
  const withParts = (event, act) => {
    const form = event.target.form || event.target;
    if (form.matches && form.matches('form') && find(form, 'parts')) {
      act(form);
    }
  };
  block.addEventListener('input', (event) => withParts(event, (form) => {
    if ('solerniPart' in event.target.dataset) {
      const values = findAll(form, 'part').map((part) => [part.dataset.solerniPart, part.value]);
      form.elements.namedItem('text').value = values.some(([, text]) => text.trim()) ? compose(values) : '';
    } else if ('solerniKind' in event.target.dataset) {
      arrange(form);
    }
  }));
  block.addEventListener('solerni:written', (event) => withParts(event, arrange));
  block.addEventListener('reset', (event) => setTimeout(() => withParts(event, arrange)));
  findAll(block, 'compose').filter((form) => find(form, 'parts')).forEach(arrange);
}
