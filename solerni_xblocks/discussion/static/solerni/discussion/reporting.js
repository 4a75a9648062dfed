/* Report a message of somebody else, and take the report back. What was typed stays with every refusal.
   The page has the form once: a copy goes to each message where somebody asks for it. */
import {post} from '../kit/http.js';
import {find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

function bringForm(block, box) {
  const uuid = box.closest('[data-solerni-post]').dataset.solerniPost;
  const form = find(block, 'report-form').content.firstElementChild.cloneNode(true);
  form.dataset.solerniReport = uuid;
  for (const field of form.querySelectorAll('[name]')) {
    field.id = field.name + '-' + uuid;
    field.previousElementSibling.htmlFor = field.id;
  }
  const link = find(form, 'illegal');
  link.setAttribute('href', link.getAttribute('href') + '?post=' + uuid);
  box.append(form);
}

export function startReporting({block, url}) {
  async function send(form, handler, data) {
    announce(form, '');
    try {
      const answer = await post(url(handler), {post: form.dataset.solerniReport, ...data});
      announce(form, answer.said, 'success');
      find(form, 'withdraw-report').hidden = !answer.is_open;
      form.querySelector('[type=submit]').hidden = answer.is_open;
      document.dispatchEvent(new CustomEvent('solerni:acted'));
    } catch (refusal) {
      explain(form, refusal);
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
