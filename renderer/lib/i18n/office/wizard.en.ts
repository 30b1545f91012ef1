import type { Words } from '../words.ts';
import type { zhWizard } from './wizard.zh.ts';

export const enWizard: Words<typeof zhWizard> = {
  title: 'Set up the car park',
  text: '{{n}} steps; everything can be changed later under Settings. You may leave and come back.',
  later: 'Later',
  previous: 'Back',
  next: 'Next',
  apply: 'Start the car park',
  already: 'This car park is set up already',
  alreadyText: 'Change it under Settings, where earlier versions are kept too.',
  step: {
    site: 'Car park',
    lanes: 'Lanes',
    devices: 'Cameras and barriers',
    price: 'Prices',
    people: 'Attendants',
    finish: 'Check and start',
  },
  site: {
    kind: 'Kind of site',
    kinds: { gated: 'Car park with entrances', kerbside: 'Kerbside parking' },
    kindHint: {
      gated: 'Cars come and go through barriers',
      kerbside: 'Cars stand in marked berths along roads, without barriers; the berths come after the start',
    },
    name: 'Name',
    nameHint: 'Shown in the booth, on receipts and in reports',
    code: 'Number',
    codeHint: 'Letters and digits. With a city platform the number it gave you; otherwise one of your own',
    total: 'Spaces',
    open: 'Open to the public',
    openHint: 'Empty: all of them; the rest is kept for card holders',
  },
  lanes: {
    layout: {
      pair: 'One in, one out',
      two: 'Two in, two out',
      single: 'One for both ways',
    },
    layoutText: {
      pair: 'An entrance and an exit',
      two: 'Two entrances and two exits',
      single: 'A single lane that cars use both ways',
    },
    named: {
      in: 'Entrance {{n}}',
      out: 'Exit {{n}}',
      both: 'Gate {{n}}',
    },
    name: 'Name of lane {{n}}',
    way: 'Direction of {{name}}',
    direction: {
      in: 'In',
      out: 'Out',
      both: 'Both ways',
    },
    add: {
      in: 'Add an entrance',
      out: 'Add an exit',
      both: 'Add a two-way lane',
    },
  },
  devices: {
    how: 'Let the cameras find this computer',
    howText:
      'On the web page of each plate camera set the HTTP push address to the line below (with the address of this computer in your network). The camera then shows up here by itself:',
    looking: 'Waiting for a camera to call… You may also type its serial number and connect it later',
    found: '{{n}} cameras called that no lane uses yet',
    camera: 'Camera of {{name}}',
    which: 'Which one for {{name}}',
    maker: 'Make of the camera',
    makerOf: 'Make of the camera of {{name}}',
    fieldOf: 'Camera of {{name}}: {{field}}',
    serialHint: 'Serial number, on the label of the camera',
    kind: {
      found: 'Found',
      typed: 'Fill in',
      none: 'No camera',
    },
    noneText: 'The attendant types the plates',
    arm: 'The barrier hangs on the camera',
    later:
      'Barriers on relay boards, and loops on boards of their own: add these boards in Settings once the car park runs.',
  },
  price: {
    own: 'My own',
    ownText: 'Free time, first period, following periods, daily cap',
    later:
      'Finer rules (hours of the day, classes, holidays) are edited, tried and published under Tariffs once the car park runs.',
    freeMinutes: 'Free time (minutes)',
    firstMinutes: 'First period (minutes)',
    firstFen: 'First period costs',
    nextMinutes: 'Then every (minutes)',
    nextFen: 'Each costs',
    capFen: 'At most in 24 hours (optional)',
    noCap: 'no cap',
    sentence:
      '{{free}} minutes free; first {{first}} minutes {{firstFee}}; then {{nextFee}} every {{next}} minutes; 24 hours at most: {{cap}}',
  },
  people: {
    adminText:
      'The demo account ends with the demo. Make an administrator first; you are signed in as that person from then on.',
    admin: 'Name or number of the administrator',
    adminPassword: 'Password of the administrator',
    text: 'An account for each attendant, with a password of at least 8 characters. More can be added later under Users.',
    name: 'Name or number of attendant {{n}}',
    password: 'Password of attendant {{n}}',
    passwordHint: 'Password (at least 8 characters)',
    add: 'Add an attendant',
    none: 'None yet',
  },
  finish: {
    open: 'Something is still open:',
    goTo: 'Go to {{step}}',
  },
  done: {
    title: 'The car park runs',
    noDevices: 'no devices, worked by hand',
    starting: 'Starting: the lanes are ready in a second or two…',
    waiting: 'Waiting for the first car… it shows here as soon as a camera reads it',
    firstCar: 'The first car is here: {{lane}}',
    booth: 'Open the booth',
    berths: 'Next: the berths. Add them one by one, or import a table.',
    toBerths: 'Register berths',
    kerb: 'Open the map of berths',
    settings: 'Settings',
    tariffs: 'Tariffs',
  },
  fault: {
    site: {
      empty: 'Please fill this in',
      code: 'Letters and digits only, at most 39',
      openSpaces: 'Not more than there are spaces',
    },
    lanes: {
      none: 'Choose the lanes first',
      noEntry: 'At least one lane must lead in',
      noExit: 'At least one lane must lead out',
    },
    devices: {
      serialNo: 'Please fill in all of it',
      twice: 'One camera looks at two lanes',
    },
    price: {
      undecided: 'Choose how parking is charged',
      simple: 'Fill in every figure (the cap is optional)',
    },
    people: {
      name: 'Please type a name',
      password: 'At least 8 characters',
      twice: 'This name stands twice',
    },
  },
};
