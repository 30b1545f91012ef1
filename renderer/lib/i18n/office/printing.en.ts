export const enPrinting = {
  title: { payment: 'Parking receipt', change: 'Change ticket', shift: 'Shift report on receipt paper' },
  print: 'Print receipt',
  again: 'Print again',
  toPrinter: 'To the receipt printer',
  printer: 'Printer',
  choose: 'Choose a printer',
  offline: '{{name}} (offline)',
  noPrinter: 'There is no receipt printer yet: add one in the settings and give it to a lane',
  isCopy: 'It was printed before: the paper will say that it is copy {{n}}',
  maybe: 'Receipt may have been printed',
  isMaybe: 'It may have been printed before: the paper will say that it is copy {{n}}',
  ended: {
    done: 'Printed',
    refused: 'Not printed. The payment stands.',
    unknown:
      'Nobody knows whether all of it was printed: look at the paper, and print again where needed. The payment stands.',
  },
} as const;
