import type { MessageView } from '../../../shared/contract/outbox.ts';
import type { Translate } from '../../lib/i18n/index.ts';

const known = ['uploadCarInData', 'uploadCarOutData', 'uploadPayRecord', 'uploadPhoto', 'confirmSpecialCar'] as const;

/** What a message is about, in words; its kind where this version has no word for the interface. */
export function messageName({ message, kind }: Pick<MessageView, 'message' | 'kind'>, t: Translate): string {
  const name = known.find((each) => each === message);
  return name ? t(`outbox.message.${name}`) : t(`outbox.kind.${kind}`);
}
