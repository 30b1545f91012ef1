/** Where each interface is called (三): its current address, and its own legacy one where there is one. Never told apart by the body. */
export interface Address {
  readonly message: string;
  readonly current: string;
  readonly legacy?: string;
  /** The third family, of the sample of 2016. */
  readonly oldest?: string;
}

const info = (message: string): Address => ({
  message,
  current: `/api/ParkingInfo/${message}`,
  legacy: `/api/pay2/${message}`,
  oldest: `/api/pay/${message}`,
});
const manage = (message: string, legacy = false): Address => ({
  message,
  current: `/api/ParkingManage/${message}`,
  ...(legacy ? { legacy: `/api/pay2/${message}` } : {}),
});
const pay = (message: string, legacy = true): Address => ({
  message,
  current: `/api/ParkingPay/${message}`,
  ...(legacy ? { legacy: `/api/pay2/${message}`, oldest: `/api/pay/${message}` } : {}),
});
const card = (message: string, legacy = true): Address => ({
  message,
  current: `/api/ParkingCard/${message}`,
  ...(legacy ? { legacy: `/api/card2/${message}` } : {}),
});
const book = (message: string): Address => ({
  message,
  current: `/api/ParkingBook/${message}`,
  legacy: `/api/book/${message}`,
});

/** The legacy addresses that the source prints for several interfaces are copy errors: each is bound by its own name (G05). */
export const addresses: readonly Address[] = [
  info('GetCarInOutInfoByPlate'),
  info('GetCarInOutInfoByPlace'),
  info('SearchParkingInfo'),
  manage('OnlineCarInOut', true),
  manage('ModifyFreeSpace', true),
  manage('GateControl'),
  manage('ShowLedMsg'),
  manage('RecordDensityPay'),
  manage('GetPhoto'),
  pay('GetParkingPaymentInfo'),
  pay('PayParkingFee'),
  pay('ParkingFree', false),
  pay('GetPaymentStatus'),
  pay('GetPayChargeInfo'),
  pay('PayChargeNotice'),
  pay('PayChargeReport'),
  card('AddCarCardNo'),
  card('ModifyCarCardNo'),
  card('DeleteCarCardNo'),
  card('CarCardNoManage', false),
  card('GetCarCardInfo'),
  card('PayCarCardFee'),
  card('GetCardProduct'),
  card('BlackListControl', false),
  card('GetBlackInfo', false),
  book('AddBookingCar'),
  book('ModifyBookingCar'),
  book('GetBookingCar'),
];

/** The families: whatever is called below them is ours to answer, also what does not exist. */
const FAMILY = /^\/api\/(ParkingInfo|ParkingManage|ParkingPay|ParkingCard|ParkingBook|pay2|card2|book|pay)\//i;

export const isOfFamily = (path: string): boolean => FAMILY.test(path);

const byPath = (paths: (address: Address) => readonly (string | undefined)[]): ReadonlyMap<string, string> =>
  new Map(
    addresses.flatMap((address) =>
      paths(address)
        .filter((path) => path !== undefined)
        .map((path) => [path.toLowerCase(), address.message] as const),
    ),
  );

const CURRENT = byPath(({ current }) => [current]);
const OLD = byPath(({ legacy, oldest }) => [legacy, oldest]);
/** Longer than any there is: whoever sends it is not looked at for long. */
const LONGEST = 100;
const OLDEST = /^\/api\/pay\//i;

/** The interface at a path, whose case does not matter to the servers that clients were written for. */
export function messageAt(
  path: string,
  oldPaths: boolean,
): { readonly name: string; readonly oldest: boolean } | undefined {
  if (path.length > LONGEST) return undefined;
  const wanted = (path.endsWith('/') ? path.slice(0, -1) : path).toLowerCase();
  const name = CURRENT.get(wanted) ?? (oldPaths ? OLD.get(wanted) : undefined);
  return name === undefined ? undefined : { name, oldest: OLDEST.test(path) };
}
