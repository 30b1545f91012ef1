import { call, type Tellers } from './teller.ts';

type Kind =
  | 'signed-in'
  | 'sign-in-refused'
  | 'sign-in-ended'
  | 'screen-locked'
  | 'user-created'
  | 'user-changed'
  | 'password-changed'
  | 'post-changed'
  | 'access-changed';

/** Who came and went at the screens, and who may do what. */
export const peopleTellers: Tellers<Kind> = {
  'signed-in': (_b, w) => w.t('event.signedIn', { name: w.actor.name }),
  'sign-in-refused': (b, w) => call(w.t('event.signInRefused', { name: b.name })),
  'sign-in-ended': (b, w) => w.t(`event.signInEnded.${b.how}`, { name: b.name, actor: w.actor.name }),
  'screen-locked': (b, w) =>
    w.t(b.locked ? (b.why === 'idle' ? 'event.lockedIdle' : 'event.locked') : 'event.unlocked', { name: w.actor.name }),
  'user-created': (b, w) => w.t('event.userCreated', { name: b.name }),
  'user-changed': (b, w) => {
    const { name, disabled } = b.account;
    if (b.before === null) return w.t('event.userCreated', { name });
    if (b.before.disabled === disabled) return w.t('event.userChanged', { name });
    return w.t(disabled ? 'event.userDisabled' : 'event.userEnabled', { name });
  },
  'password-changed': (b, w) =>
    w.t(b.name === w.actor.name ? 'event.passwordChanged' : 'event.passwordReset', { name: b.name }),
  'post-changed': (b, w) => w.t(`event.postChanged.${b.change}`, { name: b.post.name }),
  'access-changed': (_b, w) => w.t('event.accessChanged'),
};
