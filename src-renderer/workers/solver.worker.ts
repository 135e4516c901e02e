/** The solver in a thread of its own, so that no slider ever waits for it. It answers one request at a time, in order. */
import { explore } from './picture.ts';
import type { Picture, SolveReply, SolveRequest } from './protocol.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<SolveRequest>) => void) | null;
  postMessage(message: SolveReply, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

/** The asker keeps the last curve it was sent. */
let curveSent: string | null = null;

scope.onmessage = ({ data: request }) => {
  try {
    const picture = explore(request, curveSent);
    if (picture.curve) curveSent = picture.curve.key;
    scope.postMessage({ id: request.id, stage: request.stage, picture, error: null }, buffers(picture));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ id: request.id, stage: request.stage, picture: null, error: message }, []);
  }
};

function buffers({ classifierCosines, featureCosines, drawing, curve }: Picture): Transferable[] {
  const arrays = [classifierCosines, featureCosines, drawing.classifiers, drawing.features];
  if (curve) arrays.push(curve.ratios, ...curve.classifier, ...curve.feature);
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
