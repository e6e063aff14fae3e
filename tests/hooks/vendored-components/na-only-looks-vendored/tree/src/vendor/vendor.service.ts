export class VendorService {}
