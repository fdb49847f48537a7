/** Calls back when the next frame is on the screen, until the returned function is called. */
export function afterPaint(then: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  // A task that is queued in a frame runs behind its painting.
  port1.addEventListener("message", then, { once: true });
  port1.start();
  const frame = requestAnimationFrame(() => port2.postMessage(undefined));
  return () => {
    cancelAnimationFrame(frame);
    port1.close();
  };
}
