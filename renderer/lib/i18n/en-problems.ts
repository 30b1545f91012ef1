import type { Words } from './words.ts';
import type { zhProblems } from './zh-problems.ts';

export const enProblems: Words<typeof zhProblems> = {
  next: 'Next',
  conflict: { title: 'Not done: the state has changed', money: 'No money taken', next: 'Look at the car, then act' },
  passageChanged: {
    title: 'Not done: another car stands there now',
    money: 'No money taken',
    next: 'Compare the plate, then press again',
  },
  stayChanged: {
    title: 'Not done: the parking record has changed',
    money: 'No money was taken',
    next: 'Confirm the plate with {{correct}}, then charge the new fee',
  },
  amountChanged: {
    title: 'Not done: the amount has changed',
    money: 'No money taken',
    next: 'Look at the new amount, then {{proceed}}',
  },
  forbidden: { title: 'Not done: your account may not', money: 'No money taken', next: 'Ask a manager' },
  signedOut: { title: 'Not done: the sign-in expired', money: 'No money taken', next: 'Sign in again' },
  notFound: { title: 'Not done: lane or record not found', money: 'No money taken', next: 'Call the manager' },
  invalid: { title: 'Not done: the input was not accepted', money: 'No money taken', next: 'Check it and try again' },
  tooMany: { title: 'Not done: too often', money: 'No money taken', next: 'Wait {{seconds}} seconds' },
  failed: {
    title: 'Not done: the station failed',
    money: 'Payment not confirmed',
    next: 'Look at the lane and the events before repeating',
  },
  lost: {
    title: 'Connection lost: unknown whether it was done',
    money: 'Money may be booked: do not charge twice',
    next: 'Wait for the connection, then look at the lane',
  },
  offline: {
    title: 'No connection: nothing can be done',
    money: 'No money taken',
    next: 'Wait, it reconnects by itself',
  },
  short: {
    title: 'Not enough received',
    money: 'No money taken, short by {{amount}}',
    next: 'Change the amount, {{part}} to take this part, or Esc to clear',
  },
  justChanged: {
    title: 'The car has just changed: not done',
    money: 'No money taken',
    next: 'Compare, then {{proceed}} again',
  },
  notCharging: { title: 'No car is waiting to pay', money: 'No money taken', next: '{{next}} for cars that wait' },
  needsPerson: {
    title: 'This car needs a decision first',
    money: 'No money taken',
    next: '{{correct}} to correct, or {{release}} with a reason',
  },
  noCar: { title: 'Not done: no car waits at the lane', money: 'No money taken', next: '{{next}} for cars that wait' },
  alreadyCleared: {
    title: 'Not done: this car was released already',
    money: 'What was paid stays as it is',
    next: 'Corrections after the exit: call the manager',
  },
  alreadyInside: {
    title: 'Not done: this plate is inside already',
    money: 'No money taken',
    next: 'Compare the photo, {{correct}} to type again',
  },
  notInside: {
    title: 'Not done: there is no such car inside',
    money: 'No money taken',
    next: 'Choose again from the cars inside',
  },
  chooseFirst: { title: 'No car is chosen yet', money: 'No money taken', next: '↑ ↓ to choose, then Enter' },
  reasonNeeded: {
    title: 'Not done: a reason is needed',
    money: 'No money taken',
    next: 'Press again, pick a reason',
  },
  reasonNotListed: {
    title: 'Not done: only reasons on the list count',
    money: 'No money taken',
    next: 'Press again, pick one from the list',
  },
  wrongDirection: {
    title: 'Not done: not for this lane',
    money: 'No money taken',
    next: 'Look at the way the lane serves',
  },
  inTheFuture: {
    title: 'Not done: the entry is later than now',
    money: 'No money taken',
    next: 'Press 2 and type the time again',
  },
  noDebts: {
    title: 'Not done: leaving with a debt is not allowed here',
    money: 'No money taken',
    next: 'Charge, or {{release}} with a reason',
  },
  noShift: {
    title: 'Not done: no cash now (no shift, a locked drawer, or not your shift)',
    money: 'No money taken',
    next: 'Open or resume the shift, or ask its cashier',
  },
  carGone: {
    title: 'Not done: the car has passed',
    money: 'What was paid stays as it is',
    next: 'Money goes back by a refund',
  },
  laneBusy: { title: 'Not done: a car is being served', money: 'No money taken', next: 'Finish it, then turn' },
  notReversible: { title: 'This lane cannot be turned', money: 'No money taken', next: 'Choose another lane' },
  amountNeeded: {
    title: 'Not done: no fixed amount is set',
    money: 'No money taken',
    next: 'Press 3 and type an amount',
  },
  paying: {
    title: 'Not done: the bill is being paid right now',
    money: 'The driver may be paying: do not charge twice',
    next: 'Wait for the outcome',
  },
  noLane: { title: 'There is no lane of that direction', money: '', next: 'Use another key' },
  billOver: {
    title: 'Not done: the bill is settled or void',
    money: 'Nothing was taken twice',
    next: 'Look at the car now',
  },
  channelRefuses: {
    title: 'Not done: this channel cannot pay this bill',
    money: 'No money taken',
    next: 'Another way, or cash',
  },
  channelSilent: { title: 'The channel did not answer', money: 'No money taken', next: 'Try again, or take cash' },
  noChannel: { title: 'No code payment at this car park', money: 'No money taken', next: 'Take cash or a card' },
  noScanChannel: {
    title: 'No channel here reads payment codes',
    money: 'No money taken',
    next: 'Show a code to the driver, or take cash',
  },
  notPayCode: {
    title: 'What was scanned is no payment code',
    money: 'No money taken',
    next: 'Ask for the payment code of Alipay or WeChat, scan again',
  },
  scanGarbled: { title: 'The scan is incomplete', money: 'No money taken', next: 'Scan again' },
  scanUnplaced: {
    title: 'The scanned code was used for nobody',
    money: 'No money taken',
    next: 'Make sure that exactly one car waits to pay, then scan again',
  },
  scanLies: {
    title: 'The same code stays under the gun and is of no use',
    money: 'No money taken',
    next: 'Take the phone away and scan again after 10 s, or use another code or cash',
  },
  scanInDialog: { title: 'No scans while a window is open', money: 'No money taken', next: 'Esc, then scan again' },
  noReceipt: {
    title: 'Nothing was paid at this lane yet: there is no receipt',
    money: 'No money taken',
    next: 'Earlier receipts are printed from the recent cars',
  },
  receiptRefused: {
    title: 'The receipt was not printed: {{detail}}',
    money: 'The payment stands',
    next: 'Look after the printer, then {{receipt}} again',
  },
  receiptUnknown: {
    title: 'The receipt may be incomplete: {{detail}}',
    money: 'The payment stands',
    next: 'Look at the paper; where needed {{receipt}} prints it again',
  },
  receiptMissing: {
    title: 'The receipt was not printed: {{detail}}',
    money: 'The payment stands',
    next: 'Look after the printer, then {{receipt}}',
  },
  receiptDoubtful: {
    title: 'The receipt may be incomplete: {{detail}}',
    money: 'The payment stands',
    next: 'Look at the paper; where needed {{receipt}} prints it again',
  },
  receiptMissingChange: {
    title: 'The change ticket was not printed: {{detail}}',
    money: 'Payment and change stand',
    next: 'Look after the printer, then print it under Change orders',
  },
  receiptDoubtfulChange: {
    title: 'The change ticket may be incomplete: {{detail}}',
    money: 'Payment and change stand',
    next: 'Look at the paper; where needed print it again under Change orders',
  },
  noDrawer: {
    title: 'There is no cash drawer here',
    money: 'The payments stand',
    next: 'Have one set up with its printer',
  },
  drawerRefused: {
    title: 'The drawer did not open: {{detail}}',
    money: 'The payments stand',
    next: 'Look after the printer, or use the key',
  },
  drawerUnknown: {
    title: 'The drawer may be open: {{detail}}',
    money: 'The payments stand',
    next: 'Look at the drawer, and shut it if it is',
  },
  noPrinter: {
    title: 'This lane has no receipt printer',
    money: 'The payment stands',
    next: 'Have one added in the settings',
  },
  beingPrinted: { title: 'This receipt is being printed', money: 'The payment stands', next: 'Wait for it' },
  receiptReversed: {
    title: 'That payment was taken back: it has no receipt',
    money: 'As it was taken back',
    next: 'Look at the car on show',
  },
  noPicture: {
    title: 'The camera sent no new picture',
    money: 'No money taken',
    next: 'The old one stays; look after the camera, then {{snapshot}}',
  },
  noEntering: { title: 'No car at the entry', money: 'No money taken', next: 'Look among the recent passages' },
  receivedTooMuch: {
    title: 'Received is {{change}} more than due: nothing was done',
    money: 'No money was taken',
    next: 'Correct the amount with Backspace, then take the payment',
  },
  noChangePage: {
    title: 'No platform gives change here',
    money: 'No money taken',
    next: '{{proceed}} takes the money; give the change in cash',
  },
  changeOver: {
    title: 'This change was given already',
    money: 'Nothing was paid out again',
    next: 'Its state says whether the platform or somebody here gave it',
  },
  partTooMuch: {
    title: 'A part must be less than what is due',
    money: 'No money taken',
    next: 'Type the amount first, then {{part}}',
  },
};
