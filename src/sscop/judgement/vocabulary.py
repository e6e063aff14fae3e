"""Words that stand in any threat model, and so say nothing about which product one is of."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERIC = _words(
    """
    a actor admin administrator an analysis and api apis app application applications apps architecture as
    assessment at attacker attackers backend basic boundary browser by client cloud cluster container containers
    customer data database demo denial design device devices disclosure document documentation dread elevation
    example external file files flow for framework from frontend general generic high host hosts in information
    internal internet is its landscape level library lightweight linddun maestro mobile model modeling modelling
    network of on open our overview owasp pasta platform privilege process product program project register report
    repudiation risk risks sample secure security server servers service services simple software source spoofing
    storage store stride system tampering test the this threat threats to tool tools trust user users v1 v2 version
    web with zone
    """
)
"""In titles of models and names of elements."""

ACRONYMS = _words(
    """
    2FA A1 A2 A3 ACL AES AES256 AI ALL AND API APIS ATT CA CAPEC CD CI CIS CK CORS CPU CRITICAL CSP CSRF CSS CSV CVE
    CVSS CWE DAST DB DDOS DLP DNS DOS DREAD EOP FTP GDPR GRPC HIGH HMAC HSM HSTS HTML HTTP HTTPS IAM ID IDOR IDS IP
    IPS ISO JSON JWT KMS LLM LOW M1 M2 M3 MAY MEDIUM MFA MITM MITRE ML MTLS MUST NA NIST NO NOT OAUTH OIDC OK OR OS
    OWASP PDF PHI PII PKI PR PRS QA R1 R2 R3 RAM RBAC RCE REST RISK RSA SAML SAST SBOM SCA SHA SHA256 SHALL SHOULD
    SIEM SMTP SQL SQLI SSH SSL SSO SSRF STRIDE T1 T2 T3 T4 T5 TBD TCP THREAT TLS TLS1 TOCTOU TODO TTL UDP UI URI URL
    USB UUID UX VM VPN WAF XML XSS XXE YAML YES
    """
)
"""Of the trade."""

COMMON = _words(
    """
    admin attack attacker bearer client completed critical detailed high injection internet low medium new none note
    operator owner prompt scoring see server summary tree updated user validation yes
    """
)
"""Capitalised in the middle of sentences, and yet no names."""

USUAL = _words(
    """
    a able about above abuse accept accepted access accidental according account acl across action activity actor
    actual add additional address admin administration administrative administrator adversary affect after against
    agent alert alerting all allow allowed allowing allows already also always analysis analyze any anyone anything
    api appear application approach approval approvals approve architecture are area around artifact asset assume
    assumption attack attacker attempt attempted attempts attestation attestations attribute audit auditing
    authentic authenticate authenticated authentication authenticity authority authorization authorize authorized
    automated availability available avoid back backdoor backend background backup bad bandwidth based be because
    become been before behavior being below best better between beyond binary block body both botnet bound boundary
    bounded branch break browser brute bug build builds business but by bypass call caller can cannot cap capability
    capped captcha capture care case category cause causes causing certain certificate chain change channel check
    checksum checksums choose circumvent claim class clear clickjacking client closed cloud code collect command
    commit common communication company complete component compromise compromised computer computing concern
    condition confidential confidentiality config configuration configure configured connect connection consider
    consumer contact contain container content context contract contributor control cookie cookies correct cors
    could cover cpu crash create created credential critical cross cryptographic csp csrf customer damage data
    database dataset date ddos debug decision default defense define defined delete denial deny dependency deploy
    deployed deployment depth describe deserialization design destination detail detect detecting detection detects
    determine developer development device dictionary different digest digital direct directly directory disclose
    disclosure discover disk distribute distribution document documentation does domain done download downstream due
    during duties e.g each easily eavesdrop eavesdropping either element elevation else email employee enable encode
    encoding encrypt encrypted encryption endpoint enforce enforced enforces enforcing engineer ensure ensures
    ensuring enter enterprise entire entity entry enumeration environment error escalate escalation escape escaping
    establish etc even event every example exchange exclude execute execution exfiltrate exfiltrated exfiltration
    exhausted exhaustion exist existing expect expected expiration expire expiry explicit exploit expose exposed
    exposure external extract face fail failure fake false feature file filter firewall first flaw flood flooding
    flow following foothold force forced forge forged form format forward found four framework frequently from
    frontend full fully function functionality further fuzzing gain general generate generated generic give given
    global good grant group guarantee handle handling hardcoded hardened hardening hardware has hash hashing have
    header headers health help here high hijack hijacking history hmac hold host hosted how html http https human
    identified identify identity illegitimate image impact impersonate impersonation implement implementation
    implemented implementing implements important include included including incorrect individual infer information
    infrastructure inject injection input insecure inside insider install installation instance instead integration
    integrity intellectual intended interact interaction intercepted interface intermediate internal internet into
    invalid involve isolate isolation issue item itself json jwt keep kernel key know knowledge known lack large
    lateral layer lead leading leads leak leakage leaked least least-privilege legacy legitimate less level library
    like likelihood limit limited limiting limits line link list listen load local location lock lockfile lockout
    log logging logic login logs long long-lived loss low machine made maintain maintainer make malicious malware
    manage managed management manager manifest manipulate manner many material maximum may measure mechanism medium
    member memory message metadata method mfa might minimal minimum misconfiguration misconfigured mission misuse
    mitigate mitigated mitigation mitm mobile mode model modification modified modify module monitor monitoring
    monitors more most move movement multiple must name necessary need network never new node nonce none normal not
    note notification number oauth object obtain occur offline once only open operate operating operation
    operational operator option optional order organization original other otherwise out outdated output outside
    over overflow overwrite own owner package page parameter parameterized part partially partner party pass
    password patch patching path pattern payload perform performed performing performs period permission person
    personal personnel phishing physical pinned pinning pipeline pipelines pivot place plain plaintext plan planned
    platform plugin point policy port possible potential potentially practice prepared present prevent preventing
    prevents primary principle prior private privilege privileged probing problem process processed processing
    produce product production profile program programming project proper properly property protect protected
    protection protocol provenance provide provided provider public publish published pull purpose push query queue
    quota quotas range ransomware rate rating rbac read reading real receive reconnaissance record recover recovery
    reduce refer reference registry related release reliable rely remain remote remove renew renewal replace replay
    replayed report repository reproducible repudiation request require required requirement requires requiring
    residual resource resources respond response rest restart restrict restricted result retrieve return review
    reviewer revocation right risk role root rotate rotation route rule run runner running runtime safe salt same
    sandbox sanitization sanitize sanitized save scan scanning scenario schema scope score script search secondary
    secret section secure security segmentation send sensitive separate separation server service session sessions
    set setting several severity shall share shared short-lived should show side siem sign signature signed signing
    similar simple single site size sniff sniffing social software some source specific specification spoof spoofed
    sql ssrf stage standard start state statement status step still stolen stop storage store stored stream strict
    string strong structure stuffing subject submit successful such sufficient supplier supply supply-chain support
    surface system take tamper tampered tampering target task team technical temporary tenant test text than that
    their them themselves then there therefore these they thing third this those threat three throttle throttling
    through time timeout timeouts timestamp timestamps tls together token tokens tool top track traffic transfer
    transit transmission transmit traversal trojan trust trusted turn two type typosquatting unable unauthenticated
    unauthorized unavailable under unencrypted unintended unique unknown unless unpatched unsafe until untrusted
    update updated upgrade upload upon upstream uri url usage use used user uses using valid validate validated
    validation value vendor verification verified verify version very via victim view virtual visible vulnerability
    vulnerable waf way weak weakness web website well were what when where whether which while who whole will with
    within without work worker workflow workload workspace workstation would write writing written wrong xss yaml
    your zone
    """
)
"""In the singular; what a model's assets and boundaries say beyond them is its own."""
