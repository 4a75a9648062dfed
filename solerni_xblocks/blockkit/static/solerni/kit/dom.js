/* Small reading aids for data-solerni-… attributes. HTML comes from the server, already escaped; text goes in as text. */

export function find(root, name) {
  return root.querySelector('[data-solerni-' + name + ']');
}

export function findAll(root, name) {
  return Array.from(root.querySelectorAll('[data-solerni-' + name + ']'));
}

/* Call `listener(event, target)` for events on descendants that carry data-solerni-<name>. */
export function on(root, type, name, listener) {
  root.addEventListener(type, (event) => {
    const target = event.target.closest('[data-solerni-' + name + ']');
    if (target && root.contains(target)) {
      listener(event, target);
    }
  });
}

/* Replace the children of `target` with server-rendered, sanitised `html`. */
export function fill(target, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  target.replaceChildren(template.content);
}
