/* After a full page has loaded: the focus goes to its outcome, or to what the address names, and messages are read out.
   data-solerni-focus: an outcome or a field to mend. data-solerni-landing: where the focus goes in the element that the
   address names. data-solerni-say: a status that screen readers would pass over, since it was there from the start. */

const SAY_AFTER = 200;

function findLanding() {
  const name = decodeURIComponent(window.location.hash.slice(1));
  const named = name && document.getElementById(name);
  return named && (named.matches('[data-solerni-landing]') ? named : named.querySelector('[data-solerni-landing]'));
}

function say(line) {
  const words = Array.from(line.childNodes);
  line.replaceChildren();
  window.setTimeout(() => line.append(...words), SAY_AFTER);
}

function settle() {
  const outcome = findLanding() || document.querySelector('[data-solerni-focus]');
  if (outcome) {
    outcome.focus();
  }
  document.querySelectorAll('[data-solerni-say]').forEach((line) => {
    if (!line.contains(document.activeElement)) {
      say(line);
    }
  });
}

/* After the load, since the browser itself goes to the fragment and drops the focus. */
window.addEventListener('load', () => window.requestAnimationFrame(settle));
