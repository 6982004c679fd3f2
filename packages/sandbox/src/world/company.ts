/** The made-up company whose customers the sandbox shows. */
export const company = {
  name: 'Quillon Cycles',
  site: 'https://www.quilloncycles.example',
  files: 'https://files.quilloncycles.example',
  mailDomain: 'quilloncycles.example',
} as const
