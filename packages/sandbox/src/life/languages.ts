/** A customer who writes in another language than English: the name, the subject, and what is written, one after another. */
export interface Script {
  readonly name: readonly [first: string, last: string]
  readonly subject: string
  readonly lines: readonly string[]
}

export const scripts: readonly Script[] = [
  {
    name: ['Jana', 'Weißmüller'],
    subject: 'Bremse quietscht',
    lines: [
      'Guten Tag, seit der Inspektion quietscht die hintere Bremse an meinem Harrow Trek. Können Sie sich das ansehen? 🚲',
      'Am Freitag nach 16 Uhr würde es mir am besten passen.',
      'Super, vielen Dank für die schnelle Hilfe!',
    ],
  },
  {
    name: ['Élodie', 'Garnier'],
    subject: 'Colis jamais reçu',
    lines: [
      'Bonjour, ma commande QC-48213 devait arriver mardi et je n’ai toujours rien reçu. Où est-elle ?',
      'Le transporteur dit que l’adresse est incomplète… C’est le 14 bis, rue de l’Église.',
      'Merci beaucoup, bonne journée !',
    ],
  },
  {
    name: ['Lucía', 'Peñalver Ibáñez'],
    subject: '¿Talla M o L?',
    lines: [
      '¡Hola! Mido 1,78 m, ¿qué talla del Linnet E me recomendáis? ¿Puedo probarla el sábado?',
      'Perfecto, ¿hay que llevar el DNI para la prueba?',
      'Genial, ¡hasta el sábado! 👋',
    ],
  },
  {
    name: ['ليلى', 'الحداد'],
    subject: 'بطارية الدراجة',
    lines: [
      'مرحبًا، بطارية دراجتي Tarn 5 E لا تُشحن أكثر من 60٪ منذ أسبوع. هل يشملها الضمان؟',
      'رقم الطلب هو QC-77120، واشتريتها في مارس 2026.',
      'شكرًا جزيلًا على المساعدة 🙏',
    ],
  },
  {
    name: ['נועה', 'ברק'],
    subject: 'שעות פתיחה',
    lines: [
      'שלום, האם החנות פתוחה ביום שישי? אני צריכה להחליף צמיג לפני הטיול.',
      'מעולה, אגיע ב־10:00. אפשר לשלם בכרטיס אשראי?',
      'תודה רבה!',
    ],
  },
  {
    name: ['健太', '小林'],
    subject: 'レンタルについて',
    lines: [
      'こんにちは。来週末に Pebble 20 を2台レンタルしたいのですが、予約はできますか？',
      '土曜日の9時から日曜日の17時まででお願いします。',
      'ありがとうございます！楽しみにしています😊',
    ],
  },
  {
    name: ['Beatriz', 'Conceição'],
    subject: 'Devolução do capacete',
    lines: [
      'Olá, o capacete que comprei é pequeno demais. Como faço a devolução? A encomenda é a QC-30957.',
      'Ainda tenho a caixa original, sim.',
      'Obrigada! 🙌',
    ],
  },
  {
    name: ['Sam', 'O’Hara'],
    subject: 'URGENT!!',
    lines: [
      '😡😡 third time I write!! my bike was stolen from OUTSIDE YOUR SHOP and nobody answers',
      'ok. frame number is QT9-004417. what do you need for the insurance??',
      '👍 thx',
    ],
  },
]
