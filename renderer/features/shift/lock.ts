import { safe } from '@orpc/client';
import { station } from '../../lib/station/client.ts';
import { practising } from '../../lib/station/practice.ts';
import { useSession } from '../../lib/station/session.ts';

/**
 * Locks the screen at the station first: the curtain falls when the station says that it stands. Whoever practises has no
 * password to open it with again, so there is no lock there.
 */
export async function lockNow(why: 'break' | 'idle'): Promise<void> {
  const { user } = useSession.getState();
  if (practising || user === null || user.locked === true) return;
  const answer = await safe(Promise.resolve().then(() => station().auth.lock({ why })));
  if (answer.isSuccess) useSession.setState({ user: answer.data });
}
