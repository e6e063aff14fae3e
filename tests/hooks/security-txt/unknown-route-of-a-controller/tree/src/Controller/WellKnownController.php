<?php
final class WellKnownController
{
    #[Route(path: '/.well-known/security.txt')]
    public function securityTxt(): Response
    {
        return new Response('Contact: ' . self::CONTACT . "\nExpires: {$this->inAYear()}\n");
    }
}
