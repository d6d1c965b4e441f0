"""What both backends offer: one training run that is stepped, saved and looked into; and DIY's. Torch's is a twin."""
