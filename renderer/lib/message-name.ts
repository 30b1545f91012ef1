import type { MessageView } from '../../shared/contract/outbox.ts';
import type { Translate } from './i18n/index.ts';

const known = [
  ...(['uploadCarInData', 'uploadCarOutData', 'uploadPayRecord', 'uploadPhoto', 'uploadModifyCarInData'] as const),
  ...(['uploadParkingInfo', 'applyPayment', 'uploadAbnormalBill', 'cancelOverDueBill', 'checkDailyBill'] as const),
  ...([
    'uploadFee',
    'confirmPayResult',
    'confirmDeparturePayInfo',
    'confirmOverDueResult',
    'confirmSpecialCar',
  ] as const),
  ...(['Indata', 'Outdata', 'PicUpload', 'ConfigUpload', 'SpaceInfo'] as const),
] as const;

const wordOf = (message: string, t: Translate): string | undefined => {
  const name = known.find((each) => each === message);
  return name && t(`outbox.message.${name}`);
};

/** What a message is about, in words; its kind where this version has no word for the interface. */
export const messageName = ({ message, kind }: Pick<MessageView, 'message' | 'kind'>, t: Translate): string =>
  wordOf(message, t) ?? t(`outbox.kind.${kind}`);

/** The same where the kind is not at hand: what the platform itself calls it, or its interface. */
export const interfaceName = (message: string, title: string, t: Translate): string =>
  wordOf(message, t) ?? (title === '' ? message : title);
