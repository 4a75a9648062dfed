/* Says things to everybody: visible in the status line of the block, read out by screen readers. */
import {find} from './dom.js';

/* `text` in the block's element with data-solerni-status (role="status"); kind: 'info', 'success' or 'error'. */
export function announce(root, text, kind) {
  const line = find(root, 'status');
  if (line) {
    line.dataset.kind = kind || 'info';
    line.textContent = text;
  }
}

/* The words for a refusal: the server's, or those of the status line for an answer that has none: data-offline when
   the network is lost, data-shut when somebody is kept out, data-trouble when the server is in trouble. */
export function explain(root, refusal) {
  announce(root, findWords(find(root, 'status'), refusal), 'error');
}

/* The same words, for a line of another kind. */
export function findWords(line, refusal) {
  return refusal.message || (line ? chooseWords(line.dataset, refusal.status) : '');
}

function chooseWords({offline, shut, trouble}, status) {
  if (status === 0) {
    return offline;
  }
  return ((status < 300 || status === 401 || status === 403) && shut) || trouble || offline;
}
