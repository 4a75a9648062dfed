/* Starts blocks from the platform's wrapper markup: innermost first, window[init](runtime, element, args).
   `dress` turns the element into what the platform passes: the node itself in the LMS, a jQuery object in Studio. */

export function startBlocks(root, dress = (node) => node) {
  return findNearest(root).map((node) => startBlock(node, dress));
}

/* The wrapper that holds `element` (a node or a jQuery object). */
export function wrapperOf(element) {
  const node = element && element.jquery ? element[0] : element;
  return node.closest('.xblock');
}

export function readCookie(name) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(name + '='));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

/* What every runtime of the platform offers a block, whatever the addresses of its handlers. */
export class BaseRuntime {
  notify() {}

  children(element) {
    return wrapperOf(element).solerniBlocks || [];
  }

  childMap(element, name) {
    return this.children(element).find((child) => child.name === name);
  }
}

function findNearest(root) {
  return Array.from(root.querySelectorAll('.xblock')).filter((node) => {
    const above = node.parentElement.closest('.xblock');
    return !above || above === root || !root.contains(above);
  });
}

function startBlock(node, dress) {
  if (node.solerniBlock) {
    return node.solerniBlock;
  }
  node.solerniBlocks = startBlocks(node, dress);
  node.solerniBlock = construct(node, dress);
  Object.assign(node.solerniBlock, {element: node, name: node.dataset.name, type: node.dataset.blockType});
  node.classList.add('xblock-initialized');
  return node.solerniBlock;
}

function construct(node, dress) {
  const {init, runtimeClass, runtimeVersion} = node.dataset;
  if (!init || typeof window[init] !== 'function') {
    return {};
  }
  const runtime = new window[runtimeClass]['v' + runtimeVersion](node);
  try {
    return new window[init](runtime, dress(node), readArguments(node)) || {};
  } catch (error) {
    console.error('A block could not start', node.dataset.usageId, error);
    return {};
  }
}

/* Only a direct child counts: what stands deeper belongs to blocks inside. */
function readArguments(node) {
  const script = node.querySelector(':scope > .xblock-json-init-args');
  return script ? JSON.parse(script.textContent) : {};
}
