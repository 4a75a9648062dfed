/* Report a message of somebody else, and take the report back. What was typed stays with every refusal.
   The page has the form once: a copy goes to each message where somebody asks for it. */
import {post} from '../kit/http.js';
import {find, on} from '../kit/dom.js';
import {announce} from '../kit/announce.js';
import * as refusals from './refusals.js';

/* The fields, or that it is reported. */
function show(form, isOpen) {
  const [submit, withdraw] = [form.querySelector('[type=submit]'), find(form, 'withdraw-report')];
  find(form, 'report-fields').hidden = isOpen;
  find(form, 'reported').hidden = !isOpen;
  submit.hidden = isOpen;
  withdraw.hidden = !isOpen;
}

function focusOnNext(form, isOpen) {
  (isOpen ? find(form, 'withdraw-report') : form.elements.namedItem('reason')).focus();
}

function bringForm(block, box) {
  const uuid = box.closest('[data-solerni-post]').dataset.solerniPost;
  const form = find(block, 'report-form').content.firstElementChild.cloneNode(true);
  form.dataset.solerniReport = uuid;
  find(form, 'status').id = 'report-' + uuid;
  for (const field of form.querySelectorAll('[name]')) {
    field.id = field.name + '-' + uuid;
    field.previousElementSibling.htmlFor = field.id;
    field.setAttribute('aria-describedby', 'report-' + uuid);
  }
  const link = find(form, 'illegal');
  link.setAttribute('href', link.getAttribute('href') + '?post=' + uuid);
  show(form, 'reported' in box.dataset);
  box.append(form);
}

export function startReporting({block, url}) {
  /* A second click while the first is on its way is the same gesture. */
  async function send(form, handler, data) {
    if (form.getAttribute('aria-busy') === 'true') {
      return;
    }
    form.setAttribute('aria-busy', 'true');
    refusals.clear(form);
    try {
      const answer = await post(url(handler), {post: form.dataset.solerniReport, ...data});
      show(form, answer.is_open);
      focusOnNext(form, answer.is_open);
      announce(form, answer.said, 'success');
      document.dispatchEvent(new CustomEvent('solerni:acted'));
    } catch (refusal) {
      refusals.show(form, refusal);
    } finally {
      form.removeAttribute('aria-busy');
    }
  }

  // The event of a disclosure does not bubble.
  block.addEventListener('toggle', (event) => {
    if (event.target.matches('[data-solerni-report-box]') && event.target.open && !find(event.target, 'report')) {
      bringForm(block, event.target);
    }
  }, true);
  on(block, 'submit', 'report', (event, form) => {
    event.preventDefault();
    const fields = form.elements;
    send(form, 'report_post', {reason: fields.namedItem('reason').value, note: fields.namedItem('note').value});
  });
  on(block, 'click', 'withdraw-report', (event, button) => send(button.form, 'withdraw_report', {}));
}
