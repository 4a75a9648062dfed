/* Starts an ES module for a block. Classic script: fragments cannot load modules themselves.
   Runs once for each block rendered, however often Studio renders it again. */
window.SolerniBlock = window.SolerniBlock || function (runtime, element, args) {
  'use strict';
  const root = element && element.jquery ? element[0] : element;
  import(new URL(args.module, document.baseURI).href).then((module) => {
    module.start({root: root, args: args, runtime: runtime, url: (handler) => runtime.handlerUrl(root, handler)});
    root.dataset.solerniReady = '';
  });
};
