import { useEffect, useState } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const key = 'parley-theme'
const saved = (): Theme => {
  const value = localStorage.getItem(key)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Dark or light, as the reader has chosen. */
export function useTheme(): [theme: Theme, choose: (theme: Theme) => void] {
  const [theme, setTheme] = useState(saved)
  useEffect(() => {
    if (theme === 'system') {
      delete document.documentElement.dataset['theme']
      localStorage.removeItem(key)
    } else {
      document.documentElement.dataset['theme'] = theme
      localStorage.setItem(key, theme)
    }
  }, [theme])
  return [theme, setTheme]
}
