/* Single keys on the pages of moderators. They act only while no field is being filled in, and can be switched off
   (WCAG 2.1.4); the page says which there are. */
import {find, findAll} from '../kit/dom.js';

const OFF = 'solerni-keys-off';

function isTyping(target) {
  return target.matches('input, select, textarea, [contenteditable]') && target.type !== 'checkbox';
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === '1';
  } catch (error) {
    return false;
  }
}

function remember(off) {
  try {
    localStorage.setItem(OFF, off ? '1' : '0');
  } catch (error) {
    /* Storage is forbidden: the choice holds for this page. */
  }
}

function findLine(root, step) {
  const lines = findAll(root, 'case');
  const now = lines.findIndex((line) => line.contains(document.activeElement));
  return lines[Math.min(Math.max(now + step, 0), lines.length - 1)] || null;
}

function focusOn(element) {
  if (element) {
    element.focus();
    element.scrollIntoView({block: 'nearest'});
  }
}

function openKeys(root) {
  const details = find(root, 'keys');
  details.open = true;
  focusOn(details.querySelector('summary'));
}

function listActions(root) {
  return {
    j: () => focusOn(findLine(root, 1)?.querySelector('a')),
    k: () => focusOn(findLine(root, -1)?.querySelector('a')),
    o: () => find(findLine(root, 0) || root, 'open')?.click(),
    x: () => findLine(root, 0)?.querySelector('input[type=checkbox]')?.click(),
    t: () => find(root, 'take')?.click(),
    m: () => focusOn(find(root, 'ruling')?.elements.namedItem('message')),
    d: () => focusOn(find(root, 'acts')?.querySelector('button')),
    q: () => find(root, 'back')?.click(),
    '?': () => openKeys(root),
  };
}

export function startKeys(root) {
  const box = find(root, 'keys-on');
  if (!box) {
    return;
  }
  const actions = listActions(root);
  box.checked = !isOff();
  box.addEventListener('change', () => remember(!box.checked));
  document.addEventListener('keydown', (event) => {
    const act = actions[event.key.toLowerCase()];
    if (!act || !box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    event.preventDefault();
    act();
  });
}
