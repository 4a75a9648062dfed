/* Two panels of the author's preview as tabs; without this file both stand one below the other. */
import {find} from '../kit/dom.js';

export function start({root}) {
  const list = find(root, 'terms-tabs');
  if (!list) {
    return;
  }
  const tabs = Array.from(list.querySelectorAll('[role=tab]'));
  tabs.forEach((tab) => {
    const panel = getPanel(tab);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.removeAttribute('aria-label');
    panel.tabIndex = 0;
    find(panel, 'terms-panel-name').hidden = true;
    tab.addEventListener('click', () => select(tabs, tab));
  });
  list.addEventListener('keydown', (event) => move(tabs, event));
  list.hidden = false;
  select(tabs, tabs[0]);
}

function getPanel(tab) {
  return document.getElementById(tab.getAttribute('aria-controls'));
}

function select(tabs, chosen) {
  tabs.forEach((tab) => {
    const isChosen = tab === chosen;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    getPanel(tab).hidden = !isChosen;
  });
}

/* Arrow keys, Home and End go through the tabs, round the end, as readers of the ARIA pattern expect. */
function move(tabs, event) {
  const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
  const here = tabs.indexOf(document.activeElement);
  const ends = {Home: 0, End: tabs.length - 1};
  if (here === -1 || !(event.key in steps || event.key in ends)) {
    return;
  }
  event.preventDefault();
  const next = event.key in ends ? ends[event.key] : (here + steps[event.key] + tabs.length) % tabs.length;
  select(tabs, tabs[next]);
  tabs[next].focus();
}
