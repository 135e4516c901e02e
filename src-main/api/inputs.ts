/**
 * POST /api/inputs/:upload/:name?size=N&at=M: one piece of a file of features, as bytes, streamed into the project's folder
 * inputs/; DELETE /api/inputs/:upload takes an upload back. These bodies alone are neither JSON nor short. Reads no file.
 */
import { extname } from 'node:path';
import { Hono, type MiddlewareHandler } from 'hono';
import { checkArtifactName } from '../../db/artifact-name.ts';
import { InputMismatch, removeInput, uploadFolder, writeInput } from '../../db/inputs.ts';
import { InvalidInput } from '../parameters/specification.ts';
import type { ApiContext } from './context.ts';
import type { StoredInput } from './contract.ts';
import { Refusal } from './errors.ts';
import { failure } from './failure.ts';
import { inputQuery } from './schemas.ts';
import { queryOf } from './validate.ts';

/** Bytes of one file: 1,000,000 samples of 1,000 features in float64. */
export const INPUT_LIMIT = 8 * 2 ** 30;
const KINDS = ['.npz', '.npy', '.safetensors', '.csv'];

export const inputRoutes = ({ project }: ApiContext) =>
  new Hono()
    .use('/inputs/*', readToTheEnd)
    .post('/inputs/:upload/:name', queryOf(inputQuery), async (c) => {
      const upload = uploadName(c.req.param('upload'));
      const name = fileName(c.req.param('name'));
      const { size, at = 0 } = c.req.valid('query');
      if (size > INPUT_LIMIT)
        return failure(413, 'too-large', `${name} has ${size} bytes; at most ${INPUT_LIMIT} (8 GiB) are taken`);
      if (size === 0 || at >= size) throw refused('size', size, 'must be more than the bytes before this piece');
      const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/octet-stream')
        return failure(415, 'unsupported-media', 'send the bytes with content-type: application/octet-stream');
      const bytes = c.req.raw.body;
      if (bytes === null) throw refused('body', null, 'holds no bytes');
      try {
        const { received, path } = await writeInput(project, {
          upload,
          name,
          size,
          at,
          bytes: bytes.values({ preventCancel: true }),
        });
        const stored: StoredInput = { received, path, folder: uploadFolder(project, upload) };
        return c.json(stored, 201);
      } catch (error) {
        if (error instanceof InputMismatch) throw new Refusal(409, error.message);
        if (error instanceof RangeError) throw refused('size', size, error.message);
        // The sender went away; what came of the file is removed, and there is nobody to tell.
        if (c.req.raw.signal.aborted || isCut(error))
          return failure(400, 'invalid-input', 'the upload was cut off; nothing of this file was kept');
        throw error;
      }
    })
    .delete('/inputs/:upload', (c) => {
      const upload = uploadName(c.req.param('upload'));
      if (!removeInput(project, upload)) throw new Refusal(409, `a run reads ${upload}; delete the run instead`);
      return c.body(null, 204);
    });

/** What a piece may be: more than the page sends at once. */
const PIECE_LIMIT = 32 * 2 ** 20;

/** A sender that is cut off while it sends never reads the answer: the rest of a refused piece is read and dropped. */
const readToTheEnd: MiddlewareHandler = async (c, next) => {
  await next();
  const { body } = c.req.raw;
  if (body === null || body.locked) return;
  let left = PIECE_LIMIT;
  try {
    for await (const chunk of body) if ((left -= (chunk as Uint8Array).length) < 0) return;
  } catch {
    // It went away.
  }
};

const isCut = (error: unknown): boolean =>
  error instanceof Error && /abort|premature|ECONNRESET|terminated/i.test(`${error.name} ${error.message}`);

function uploadName(text: string): string {
  if (/-[0-9a-f]{8,}$/.test(checked('upload', text))) return text;
  throw refused('upload', text, 'must end in - and at least 8 random hexadecimal digits');
}

function fileName(text: string): string {
  if (KINDS.includes(extname(checked('name', text)).toLowerCase())) return text;
  throw refused('name', text, `is no file of features; those end in ${KINDS.join(', ')}`);
}

/** One plain name: nothing that leads out of the folder. */
function checked(field: string, text: string): string {
  try {
    return checkArtifactName(text);
  } catch (error) {
    if (error instanceof InvalidInput) throw refused(field, text, error.issues[0]!.message);
    throw error;
  }
}

const refused = (field: string, value: unknown, message: string): InvalidInput =>
  new InvalidInput([{ field, value, message }]);
