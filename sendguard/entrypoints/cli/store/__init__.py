"""`sendguard store`: what is done to the store by the person who looks after the machine."""
