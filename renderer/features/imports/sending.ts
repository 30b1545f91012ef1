import { create } from 'zustand';
import type { ImportKind } from '../../../shared/domain/import-job.ts';
import { station } from '../../lib/station/client.ts';
import { errorCode } from '../../lib/station/error-code.ts';
import { useSession } from '../../lib/station/session.ts';
import { base64Of } from '../../office/files.ts';

/** Bytes at once: with base64 well below what one message of the contract may carry. */
const PIECE = 600_000;

interface Sending {
  readonly file: File;
  /** gone: the station no longer has the pieces · failed: it refused, or the program did. */
  readonly state: 'sending' | 'sent' | 'gone' | 'failed';
  readonly error: unknown;
}

/** Files on their way to the station, by the id of their import. They go on while another screen is open. */
export const useSending = create<Readonly<Record<string, Sending>>>(() => ({}));

const put = (id: string, sending: Sending): void => useSending.setState({ [id]: sending });

/** Begins an import and sends its file; answers the id of the import as soon as there is one. */
export async function beginSending(what: ImportKind, file: File, sharePlates: boolean): Promise<string> {
  const { id } = await station().imports.begin({ what, fileName: file.name, bytes: file.size, sharePlates });
  void send(id, file, 0);
  return id;
}

/** Goes on with a file whose first pieces the station has. */
export async function goOnSending(id: string, file: File): Promise<void> {
  const { receivedBytes } = await station().imports.get({ id });
  void send(id, file, receivedBytes);
}

async function send(id: string, file: File, from: number): Promise<void> {
  put(id, { file, state: 'sending', error: null });
  let offset = from;
  while (offset < file.size) {
    try {
      const base64 = await base64Of(file.slice(offset, offset + PIECE));
      const answer = await station().imports.upload({ id, offset, base64 });
      if (answer.state !== 'receiving') break;
      offset = answer.receivedBytes;
    } catch (error) {
      const resumed = errorCode(error) === null ? await afterTheGap(id) : null;
      if (resumed === null) {
        put(id, { file, state: errorCode(error) === 'NOT_FOUND' ? 'gone' : 'failed', error });
        return;
      }
      offset = resumed;
    }
  }
  put(id, { file, state: 'sent', error: null });
}

/** The line broke: waits until it is back and asks how much had come. Null: the station has lost it. */
async function afterTheGap(id: string): Promise<number | null> {
  await new Promise<void>((resolve) => {
    const online = (): boolean => {
      const { link, user } = useSession.getState();
      return link === 'online' && user !== null;
    };
    // A broken call is often known before the broken line.
    const looks = setInterval(() => {
      if (!online()) return;
      clearInterval(looks);
      resolve();
    }, 500);
  });
  try {
    const { state, receivedBytes } = await station().imports.get({ id });
    return state === 'receiving' ? receivedBytes : Number.MAX_SAFE_INTEGER;
  } catch {
    return null;
  }
}
