// A bundle of its own: most trainings need none of it. The backend looks for `navigator.gpu` when it is loaded, and
// registers itself then.
// oxlint-disable-next-line import/no-unassigned-import
import "@tensorflow/tfjs-backend-webgpu";

// oxlint-disable-next-line oxc/no-barrel-file -- whoever loads the bundle has all of TensorFlow.js
export * from "@tensorflow/tfjs-core";
