import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Boundary } from './boundary.tsx'
import { queries } from './queries.ts'
import './styles/base.css'
import './styles/shell.css'
import './styles/list.css'
import './styles/thread.css'
import './styles/composer.css'
import './styles/details.css'
import './styles/pages.css'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Boundary>
        <QueryClientProvider client={queries}>
          <App />
        </QueryClientProvider>
      </Boundary>
    </StrictMode>,
  )
