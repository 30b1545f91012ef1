import type { Words } from './words.ts';
import type { zhAlarms } from './zh-alarms.ts';

export const enAlarms: Words<typeof zhAlarms> = {
  platformOffline: '{{platform}} is unreachable; records are kept here and sent later',
  deviceOffline: '{{device}} offline: check power and network cable',
  certificate: {
    closed: '{{platform}} listener: bad certificate, its requests do not arrive; call the manager',
    kept: '{{platform}} listener: bad certificate files, the one before is still in use; call the manager',
    ending: '{{platform}} listener: its certificate ends on {{until}}; replace it before',
    ended: '{{platform}} listener: its certificate ended on {{until}}; replace it now',
  },
  exact: {
    'gate-authority-missing': '{{lane}}: {{platform}} is not running, our own rules decide here; check Settings',
    'loop-silent':
      '{{lane}}: the loop may be dead, cars that may go did not come onto it. Check it; open by hand if needed',
    'disk-low': 'Only {{freeMb}} MB left on the disk: free some space',
    'gate-command-lost': '{{lane}}: the arm did not carry out an order, look at the lane',
    'journal-broken': 'Row {{seq}} of the journal does not fit: it may have been changed. Verify it under Audit',
    'clock-moved': 'The clock of this computer was moved by {{seconds}} s',
    'camera-clock': '{{device}}: its clock is {{seconds}} s apart from this computer, set its time',
    'berth-clock': '{{device}}: its clock is {{seconds}} s apart; cars are timed by when it was heard. Set its time',
    'berth-not-believed': 'Berth {{berth}}: its device contradicts what is known and is not believed; go and look',
    'kerb-listed': 'Blacklisted car {{plate}} stands in berth {{berth}}',
    'clock-drift': 'The clock is {{ms}} ms apart from {{platform}}',
    'daily-check-late': '{{platform}} {{day}}: not reconciled yet; it is tried again',
    'daily-check-differs': '{{platform}} {{day}}: {{n}} differences; see Uploads',
    'daily-check-extra': '{{platform}} {{day}}: {{n}} records only there; look at them',
    'change-given-twice': 'Change order {{orderNo}} was given in cash and again by the platform: see the exceptions',
    'platform-port-taken': '{{platform}} cannot reach this station: {{host}}:{{port}} is taken; it is tried again',
    'platform-line-away':
      '{{platform}}: the line down has been away for more than {{minutes}} minutes; no orders and no online payments arrive',
    'platform-guessing':
      '{{platform}}: {{address}} keeps trying wrong user names or passwords and is locked for now. Check their settings, else call the technician',
  },
  told: {
    'disk-low': 'The disk is nearly full: free some space',
    'backup-failed': 'The backup failed: check its folder under Settings › Backup',
    'configuration-refused': 'The new settings could not run; the ones before count again. Correct them under Settings',
    'gate-command-lost': 'An arm did not carry out an order: look at the lane',
    'journal-broken': 'The journal does not fit together: it may have been changed. Verify it under Audit',
    'clock-moved': 'The clock of this computer was moved',
    'camera-clock': '{{device}}: its clock differs from this computer’s',
    'clock-drift': 'The clock differs from that of {{platform}}',
    'message-refused': '{{platform}} refused messages: see Uploads',
    'outbox-stuck': '{{platform}}: records cannot be turned into messages, new ones are not sent',
    'row-unreadable': 'A record cannot be read and was passed over; call the technician',
    'qingdao-notice-failed': 'A notice from Qingdao could not be carried out and was answered as failed',
    'channel-not-available': 'Payment channel {{platform}} is not connected: exits do not use it',
    'platform-not-available': 'This version does not speak to {{platform}}: nothing is sent there',
    'platform-port-taken': '{{platform}} cannot reach this station: its port is taken; it is tried again',
    'qingdao-no-subscription': 'Qingdao cannot reach this station with orders',
    'qingdao-confirmation-late': 'A notice from Qingdao was not answered in time',
    'qingdao-application-held':
      'An exit record was refused; its payment was asked for without it. Settle the record under reporting',
    'qingdao-sealing': 'Encrypting messages keeps failing, lanes may be slower: restart the program',
    'photo-decoder-missing': 'Pictures cannot be made smaller, large photos wait: install the program again',
    'gate-authority-silent':
      '{{platform}} does not answer: lanes no longer wait for it and let cars through or call a person, mind the lanes',
    'fee-source-silent': '{{platform}} does not tell fees; cars at exits need a person',
    'keytop-payment-refused': 'A payment by Keytop was refused and goes back to the payer: see Exceptions',
    'platform-line-away':
      'The line down of {{platform}} is away: no orders and no online payments arrive; it keeps being tried',
    'platform-guessing': 'Somebody keeps trying wrong user names or passwords at {{platform}} and is locked for now',
    'shenzhen-payment-case': 'A payment by Shenzhen does not fit what was due: see Exceptions',
    'shenzhen-order-waits': 'Shenzhen told of a payment without its amount: its order has not come yet',
    'shenzhen-report': 'Shenzhen was not told of the car park: look at its settings',
    'shenzhen-berth-codes': 'Berth codes must have 14 characters: others are missing in records told to Shenzhen',
    balance: 'The books of {{subject}} do not balance: see Reports',
  },
};
