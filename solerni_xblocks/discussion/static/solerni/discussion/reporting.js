/* Report a message of somebody else, and take the report back. What was typed stays with every refusal. */
import {post} from '../kit/http.js';
import {find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

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

  on(block, 'submit', 'report', (event, form) => {
    event.preventDefault();
    const fields = form.elements;
    send(form, 'report_post', {reason: fields.namedItem('reason').value, note: fields.namedItem('note').value});
  });
  on(block, 'click', 'withdraw-report', (event, button) => send(button.form, 'withdraw_report', {}));
}
