/** The types that can be deleted; a filter also takes `ALL`. `YOUTUBE` and `NOTION` are only ever cited and listed. */
export const sourceTypes = ['WEBSITE', 'TEXT', 'QA', 'PDF', 'DOCX', 'IMAGE'] as const
