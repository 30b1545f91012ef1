import type { Words } from './words.ts';
import type { zhCar } from './zh-car.ts';

export const enCar: Words<typeof zhCar> = {
  attention: {
    'unread-plate': { title: 'Plate not read', todo: 'Look at the photo, press {{correct}} and type the plate' },
    unlicensed: {
      title: 'Car without a plate',
      todo: 'Look at the photo; let the driver scan, or choose one of the ways below',
    },
    'no-entry': {
      title: 'No entry record',
      todo: 'Pick from the cars inside; if none fits, back-fill the entry or take a fixed fee',
    },
    'near-match': { title: 'Similar plates are inside', todo: 'Compare the photos, choose with ↑ ↓, then Enter' },
    'seen-again': {
      title: 'This plate left a moment ago',
      todo: 'A copied plate, a misread or a feigned exit: look at the photo, then pick from the cars inside',
    },
    blacklisted: {
      title: 'Blacklisted car',
      todo: 'Do not let it pass, call the manager; Delete if it turns back',
    },
    arrears: { title: 'Owes money from before', todo: 'Tell the driver about the debt; confirm to go on' },
    'lot-full': { title: 'Full', todo: 'Let the driver wait or leave; let it in only when there is a space' },
    'card-expired': { title: 'Card expired', todo: 'Ask for renewal; confirm to let it in as temporary' },
    'card-surplus': {
      title: 'All spaces of the card are taken',
      todo: 'Check the other cars of the card; confirm to let it in as temporary',
    },
    'quota-full': { title: 'Reserved spaces are full', todo: 'Ask where it goes; confirm to let it in' },
    'area-closed': { title: 'No right to this area', todo: 'Send it to another lane; let it in only when needed' },
    confirm: { title: 'To be confirmed by a person', todo: 'Compare photo and plate, then let it pass' },
    doubtful: { title: 'The record is doubtful', todo: 'Compare entry and exit photo before it is charged' },
    'amount-check': { title: 'Unusual amount, check it first', todo: 'Check entry time and photo before charging' },
    'no-tariff': {
      title: 'No tariff applies',
      todo: 'Call the manager; to let it out first, {{release}} with a reason',
    },
    'clock-reversed': {
      title: 'It entered later than now',
      todo: 'The clock of this PC was moved: check the time, then let it out with {{release}} and a reason',
    },
    'remote-refused': {
      title: 'The platform says no',
      todo: 'Tell the driver what the platform says; your own word needs a reason',
    },
    'remote-silent': {
      title: 'The platform does not answer',
      todo: 'You decide: compare the photos and let it pass, or * to ask again',
    },
  },
  asking: {
    title: 'Asking {{platform}} whether it may pass',
    first: 'The question was sent, waiting for the answer',
    refused: 'Answer {{n}}: no. It is asked again as long as the car stands here',
    failed: 'No answer to question {{n}}. Asking again',
    gaveUp: 'No answer to {{n}} questions',
    detail: 'It says: {{detail}}',
  },
  warning: {
    listed: 'On the watch list',
    owing: 'Debts from before are collected with this bill',
    'card-expires-soon': 'The card ends soon, remind the driver',
    expiresIn: '{{card}}: ends in {{n}} days, remind the driver',
    expiresToday: '{{card}}: ends today, remind the driver',
    'card-expired': 'Card expired, charged as temporary',
    'card-surplus': 'All spaces of the card are taken, charged as temporary',
    'card-used-up': 'Nothing left on the card',
    'card-suspended': 'Card suspended, charged as temporary',
    'quota-borrowed': 'Reserved spaces are full, takes a public one',
  },
  doubt: {
    'held-open': 'The barrier was held open meanwhile; cars may have passed unseen',
    'camera-down': 'The exit camera was away meanwhile; cars may have passed unseen',
    'no-entry': 'Nobody saw it come in',
    clock: 'The clock was moved meanwhile',
    'missed-outer-entry': 'No record of the outer entrance',
  },
  terms: {
    temporary: 'Temporary',
    whitelist: 'White list',
    card: 'On a card',
    booking: 'Booked',
    visitor: 'Visitor',
    free: 'Free',
    fallback: '{{terms}} ({{why}})',
    why: {
      surplus: 'spaces taken',
      expired: 'card expired',
      suspended: 'card suspended',
      'other-area': 'other area',
      'used-up': 'card used up',
      'quota-full': 'quota full',
    },
  },
  card: {
    vip: 'VIP',
    monthly: 'Monthly',
    'stored-value': 'Stored value',
    hours: 'Hours',
    owner: 'Owner',
    counted: 'By count',
    guest: 'Guest',
    staff: 'Staff',
    coach: 'Coach',
    'shared-space': 'Shared space',
  },
};
