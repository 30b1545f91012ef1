/** What stands beside the sum of an order (6.3.13), for people who look at the payment. */
interface Beside {
  readonly cashier: string;
  readonly terminalCode: string;
  readonly channelCode: string;
  readonly phoneNumber: string;
}

/** Phones as everywhere where nobody calls them: enough to know whose it is. */
const masked = (phone: string): string => (phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);

export const noteOf = ({ cashier, terminalCode, channelCode, phoneNumber }: Beside): string =>
  [
    cashier && `收费人员 ${cashier}`,
    terminalCode && `自助缴费机 ${terminalCode}`,
    channelCode && `通道 ${channelCode}`,
    phoneNumber && `手机 ${masked(phoneNumber)}`,
  ]
    .filter(Boolean)
    .join('，');
