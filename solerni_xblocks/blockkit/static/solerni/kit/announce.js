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

/* The words for a refusal: the server's, or the template's own for a lost network (data-offline on the status line). */
export function explain(root, refusal) {
  const line = find(root, 'status');
  announce(root, refusal.message || (line ? line.dataset.offline : ''), 'error');
}
