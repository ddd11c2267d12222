import { mount } from 'svelte'
import App from './app/App.svelte'
import './base.css'

mount(App, { target: document.querySelector('#app')! })
